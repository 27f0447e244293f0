package io.tenantry.terminal;

import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.identity.Secrets;
import io.tenantry.provisioning.Whereabouts;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/**
 * What a page shows a socket instead of a cookie alone: 256 random bits that open one console of one service, once, within thirty
 * seconds, in the tenant, for the person and in the session that asked. Only the hash is kept. The clock is the database's, as for all that
 * guards a door (ADR 5): the same on all nodes, and not moved by a demo.
 */
@Stateless
public class Tickets {
    private static final String ISSUE = """
            insert into console_ticket (secret_hash, service_id, person_id, session_id, kind, created_at, expires_at)
            values (?, ?, ?, ?, ?, clock_timestamp(), clock_timestamp() + interval '30 seconds')
            """;

    private static final String USE = """
            update console_ticket
               set used_at = clock_timestamp()
             where secret_hash = ?
               and person_id = ?
               and session_id = ?
               and used_at is null
               and expires_at > clock_timestamp()
            returning service_id, kind
            """;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    Whereabouts whereabouts;

    /** For the container. */
    public Tickets() {}

    /** For use outside a container. */
    public Tickets(Sql sql, Access access, Whereabouts whereabouts) {
        this.sql = sql;
        this.access = access;
        this.whereabouts = whereabouts;
    }

    /**
     * A ticket for the person who acts.
     *
     * @param sessionId in which the page was opened that asks
     */
    public String issue(UUID serviceId, Ticket.Kind kind, UUID sessionId) {
        var service = whereabouts.of(serviceId).orElseThrow(() -> new NotVisible("service", serviceId));
        access.requireIn(service.organizationId(), Permission.VPS_CONSOLE);
        sql.update("delete from console_ticket where expires_at < now() - interval '1 day'");
        var secret = Secrets.secret();
        sql.update(ISSUE, Secrets.sha256(secret), serviceId, Actors.require().personId(), sessionId, kind);
        return secret;
    }

    /** Uses a ticket up; empty if it is none, or not for the one who acts in that session, or used, or too old. */
    public Optional<Ticket> use(String secret, UUID sessionId) {
        return sql.first(
                USE,
                row -> new Ticket(row.uuid("service_id"), Ticket.Kind.valueOf(row.text("kind"))),
                Secrets.sha256(secret),
                Actors.require().personId(),
                sessionId);
    }
}
