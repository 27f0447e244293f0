package io.tenantry.cloud.console;

import io.tenantry.cloud.provisioning.ServerEndpoints;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.identity.RandomTokens;
import io.tenantry.people.identity.Sessions;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Single-use credentials that a page presents to a socket in addition to the cookie: 256 random bits that open one console of one service,
 * once, within thirty seconds, in the tenant, for the user and in the session that requested it. Only the hash is stored. The clock is the
 * database's, as for all access control (ADR 5): it is the same on all nodes, and not moved by a demo.
 */
@Stateless
public class ConsoleTokens {
    private static final String ISSUE = """
            insert into console_token (secret_hash, service_id, person_id, session_id, kind, created_at, expires_at)
            values (?, ?, ?, ?, ?, clock_timestamp(), clock_timestamp() + interval '30 seconds')
            """;

    private static final String USE = """
            update console_token
               set used_at = clock_timestamp()
             where secret_hash = ?
               and person_id = ?
               and session_id = ?
               and used_at is null
               and expires_at > clock_timestamp()
            returning service_id, kind
            """;

    /** Expired tokens, and all but the latest of a session: a page needs one, for seconds. */
    private static final String FORGET = """
            delete from console_token
             where expires_at < now() - interval '1 hour'
                or secret_hash in (select t.secret_hash
                                     from console_token t
                                    where t.session_id = ?
                                    order by t.created_at desc, t.secret_hash
                                   offset ?)
            """;

    private static final int OF_SESSION_MAX = 10;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    ServerEndpoints serverEndpoints;

    @Inject
    Sessions sessions;

    /** For the container. */
    public ConsoleTokens() {}

    /** For use outside a container. */
    public ConsoleTokens(Sql sql, Access access, ServerEndpoints serverEndpoints, Sessions sessions) {
        this.sql = sql;
        this.access = access;
        this.serverEndpoints = serverEndpoints;
        this.sessions = sessions;
    }

    /**
     * Issues a token for the current user.
     *
     * @param sessionId the session of the page that requests it
     */
    public String issue(UUID serviceId, ConsoleToken.Kind kind, UUID sessionId) {
        var service = serverEndpoints.of(serviceId).orElseThrow(() -> new NotFoundException("service", serviceId));
        access.requireIn(service.organizationId(), Permission.VPS_CONSOLE);
        sql.update(FORGET, sessionId, OF_SESSION_MAX - 1);
        var secret = RandomTokens.secret();
        sql.update(
                ISSUE, RandomTokens.sha256(secret), serviceId, Actors.require().personId(), sessionId, kind);
        return secret;
    }

    /**
     * Consumes a token; empty if it is unknown, used, expired, or not issued for the current user in that session. The session must be live: a
     * socket may have been opened before it ended.
     */
    public Optional<ConsoleToken> use(String secret, UUID sessionId) {
        if (!sessions.live(Set.of(sessionId)).containsKey(sessionId)) {
            return Optional.empty();
        }
        return sql.first(
                USE,
                row -> new ConsoleToken(row.uuid("service_id"), ConsoleToken.Kind.valueOf(row.text("kind"))),
                RandomTokens.sha256(secret),
                Actors.require().personId(),
                sessionId);
    }
}
