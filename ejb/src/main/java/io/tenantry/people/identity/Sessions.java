package io.tenantry.people.identity;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Web sessions, stored in the database, so that every node sees their end (by sign-out, sign-out everywhere, a new password, a disabled person)
 * at its next check. A session expires two hours after its last use and twelve hours after it started.
 */
@Stateless
public class Sessions {
    private static final String LIVE = """
              from web_session w
              join person p on p.id = w.person_id and p.state = 'ACTIVE'
              left join staff_member s on s.person_id = p.id
             where w.ended_at is null
               and w.created_at >= p.sessions_valid_from
               and w.created_at > now() - interval '12 hours'
               and w.last_seen_at > now() - interval '2 hours'
            """;

    private static final String FIND = "select w.last_seen_at < now() - interval '1 minute' as is_stale, "
            + RoleAssignmentReader.COLUMNS + LIVE + " and w.id = ?";

    /** The same, while its person impersonates a customer, is permitted to and within the time limit. */
    private static final String FIND_IMPERSONATING = "select w.last_seen_at < now() - interval '1 minute' as is_stale, "
            + "i.id as impersonation_id, i.ends_at, o.id as organization_id, o.name as organization_name, "
            + "lower(sr.name) as staff_role, "
            + RoleAssignmentReader.COLUMNS
            + LIVE.replace(" where w.ended_at is null", """
              join impersonation i on i.session_id = w.id and i.person_id = p.id
              join organization o on o.id = i.organization_id and o.state <> 'CLOSED'
              join role sr on sr.code = s.role and sr.kind = 'STAFF' and ? = any (sr.permissions)
             where i.ended_at is null
               and i.ends_at > now()
               and w.ended_at is null""")
            + " and w.id = ? and i.id = ?";

    private static final String OPEN = """
            select w.id, m.organization_id
              from web_session w
              join person p on p.id = w.person_id and p.state = 'ACTIVE'
              left join lateral (
                       select b.organization_id from membership b where b.person_id = p.id
                       union all
                       select i.organization_id
                         from impersonation i
                        where i.session_id = w.id and i.ended_at is null and i.ends_at > now()) m on true
             where w.id = any (?)
               and w.ended_at is null
               and w.created_at >= p.sessions_valid_from
               and w.created_at > now() - interval '12 hours'
               and w.last_seen_at > now() - interval '2 hours'
            """;

    private static final String OF_PERSON = """
            select w.id, w.created_at, w.last_seen_at, w.address, w.user_agent
            """ + LIVE + " and w.person_id = ? order by w.last_seen_at desc limit 100";

    @Inject
    Sql sql;

    @Inject
    AuditTrail audit;

    @Inject
    TenantDirectory tenants;

    @Inject
    Accounts accounts;

    /** A signed-in browser as shown to its person. */
    public record Row(UUID id, Instant since, Instant lastSeen, String address, String userAgent) {}

    private record FoundSession(Optional<AuthenticatedPerson> person, boolean isStale) {}

    /** Returns the person of the session; empty if it has ended. Records once a minute that it is in use. */
    public Optional<AuthenticatedPerson> find(UUID sessionId) {
        return used(
                sessionId,
                sql.first(
                        FIND, row -> new FoundSession(RoleAssignmentReader.of(row), row.flag("is_stale")), sessionId));
    }

    /** Returns the person of the session with the customer being impersonated; empty if the session or the impersonation has ended. */
    public Optional<AuthenticatedPerson> find(UUID sessionId, UUID impersonationId) {
        return used(
                sessionId,
                sql.first(
                        FIND_IMPERSONATING,
                        row -> new FoundSession(RoleAssignmentReader.ofImpersonating(row), row.flag("is_stale")),
                        Permission.STAFF_CUSTOMERS_IMPERSONATE,
                        sessionId,
                        impersonationId));
    }

    private Optional<AuthenticatedPerson> used(UUID sessionId, Optional<FoundSession> found) {
        if (found.map(FoundSession::isStale).orElse(false)) {
            sql.update("update web_session set last_seen_at = now() where id = ?", sessionId);
        }
        return found.flatMap(FoundSession::person);
    }

    /**
     * Returns those of the sessions of the current scope that are live, each with the organizations for which its person acts. This does not
     * count as use: it does not keep a session alive. While a tenant's portal is closed none of its sessions is live.
     */
    public Map<UUID, Set<UUID>> live(Collection<UUID> sessionIds) {
        if (isClosed()) {
            return Map.of();
        }
        var live = new HashMap<UUID, Set<UUID>>();
        sql.query(
                OPEN,
                row -> live.computeIfAbsent(row.uuid("id"), id -> new HashSet<>())
                        .addAll(row.maybeUuid("organization_id").stream().toList()),
                (Object) sessionIds.toArray(UUID[]::new));
        return Map.copyOf(live);
    }

    private boolean isClosed() {
        return Tenancy.scope()
                .tenant()
                .filter(id -> tenants.byId(id)
                        .filter(tenant -> tenant.state() == Tenant.State.ACTIVE)
                        .isEmpty())
                .isPresent();
    }

    /** Returns the live sessions of the current person, the latest first. */
    public List<Row> mine() {
        SelfOnly.require("own sessions");
        return sql.query(
                OF_PERSON,
                row -> new Row(
                        row.uuid("id"),
                        row.instant("created_at"),
                        row.instant("last_seen_at"),
                        row.text("address"),
                        row.text("user_agent")),
                Actors.require().personId());
    }

    /** Ends one session of the current person: signs out there. */
    public void end(UUID sessionId) {
        var actor = Actors.require();
        int ended = sql.update(
                "update web_session set ended_at = now() where id = ? and person_id = ? and ended_at is null",
                sessionId,
                actor.personId());
        if (ended > 0) {
            audit.record("person.signed_out", "person", String.valueOf(actor.personId()), Map.of());
            Signals.publish(sql, Signal.Kind.SESSION, String.valueOf(actor.personId()));
        }
    }

    /**
     * Ends one session of the current person from another one: signs out on that device. Idempotent if it has ended meanwhile.
     *
     * @throws NotFoundException if it is not a session of that person
     */
    public void endMine(UUID sessionId) {
        SelfOnly.require("own sessions");
        var personId = Actors.require().personId();
        var address = sql.first(
                        "select address from web_session where id = ? and person_id = ?",
                        row -> row.text("address"),
                        sessionId,
                        personId)
                .orElseThrow(() -> new NotFoundException("session", "of another person"));
        int ended = sql.update(
                "update web_session set ended_at = now() where id = ? and person_id = ? and ended_at is null",
                sessionId,
                personId);
        if (ended > 0) {
            audit.record("person.session_ended", "person", String.valueOf(personId), Map.of("address", address));
            Signals.publish(sql, Signal.Kind.SESSION, String.valueOf(personId));
        }
    }

    /** Ends all sessions of the current person but one: signs out on all other devices. Pending invitations of the person are withdrawn. */
    public void endOthers(UUID kept) {
        SelfOnly.require("own sessions");
        var personId = Actors.require().personId();
        if (personId == null) {
            throw new IllegalStateException("the system has no sessions to end");
        }
        accounts.endOtherSessions(personId, kept);
        audit.record("person.other_sessions_ended", "person", personId);
    }

    /** Ends all sessions of the current person: signs out everywhere, including here. */
    public void endMine() {
        var personId = Actors.require().personId();
        if (personId == null) {
            throw new IllegalStateException("the system has no sessions to end");
        }
        accounts.endSessions(personId);
        audit.record("person.all_sessions_ended", "person", personId);
    }

    /** Ends all sessions of a person but one, without a permission check and without a record: part of {@link Accounts#endOtherSessions}. */
    static void endAllBut(Sql sql, UUID personId, UUID kept) {
        // Locks the person first, as in endAll: two transactions that end the same sessions wait for each other here.
        sql.first("select id from person where id = ? for no key update", row -> row.uuid("id"), personId);
        // Waits for a session that is being opened: otherwise the next statement would not see it.
        sql.first(
                "select person_id from credential where person_id = ? for no key update",
                row -> row.uuid("person_id"),
                personId);
        sql.update(
                "update web_session set ended_at = clock_timestamp() where person_id = ? and id <> ? and ended_at is null",
                personId,
                kept);
        Signals.publish(sql, Signal.Kind.SESSION, personId);
    }

    /** Ends all sessions of a person, without a permission check and without a record: part of {@link Accounts#endSessions}. */
    static void endAll(Sql sql, UUID personId) {
        sql.update("update person set sessions_valid_from = clock_timestamp() where id = ?", personId);
        sql.update(
                "update web_session set ended_at = clock_timestamp() where person_id = ? and ended_at is null",
                personId);
        Signals.publish(sql, Signal.Kind.SESSION, personId);
    }
}
