package io.tenantry.people.identity;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.text.InputText;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/**
 * Impersonation of a customer by staff: one organization at a time, in one session, for half an hour at most, with a stated reason. The
 * customer's owners are notified when it starts. {@link Access} decides the permissions by the row written here, at every call: ending it,
 * revoking the right or ending the person's access takes effect at once and on every node. Its times are the database's. The audit trail states
 * when it ends at the latest, and its end if that is earlier.
 */
@Stateless
public class Impersonations {
    /** The minimum length of a reason. */
    public static final int REASON_MIN = 5;

    /** The maximum length of a reason. */
    public static final int REASON_MAX = 200;

    /** Locks the session until the transaction ends: of two concurrent starts in one session the second ends the first. */
    private static final String HOLD =
            "select id from web_session where id = ? and person_id = ? and ended_at is null for update";

    private static final String BEGIN = """
            insert into impersonation (id, session_id, person_id, organization_id, reason, started_at, ends_at)
            select ?, w.id, w.person_id, o.id, ?, now(), now() + interval '30 minutes'
              from web_session w
              join person p on p.id = w.person_id and p.state = 'ACTIVE' and w.created_at >= p.sessions_valid_from
              join organization o on o.id = ? and o.state <> 'CLOSED'
             where w.id = ?
               and w.person_id = ?
               and w.ended_at is null
            returning ends_at
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    /** The result of starting an impersonation. */
    public sealed interface Outcome {
        /** The session is now usable for it. */
        record Started(UUID id) implements Outcome {}

        /** The reason is missing. */
        record NoReason() implements Outcome {}
    }

    /**
     * Starts impersonating an organization, in a session of the current person.
     *
     * @throws NotFoundException if the organization does not exist here, or the person has no such session
     */
    public Outcome begin(UUID sessionId, UUID organizationId, String reason) {
        access.require(Permission.STAFF_CUSTOMERS_IMPERSONATE);
        access.requireIn(
                organizationId, Permission.ORGANIZATION_VIEW); // The permission of every role that sees customers.
        var plain = InputText.foreignLine(reason);
        var length = plain.codePointCount(0, plain.length());
        if (length < REASON_MIN || length > REASON_MAX) {
            return new Outcome.NoReason();
        }
        var actor = Actors.require();
        if (sql.first(HOLD, row -> row.uuid("id"), sessionId, actor.personId()).isEmpty()) {
            throw new NotFoundException("session", "of another person");
        }
        var id = Ids.next(clock);
        sql.query(
                        "update impersonation set ended_at = now() where session_id = ? and ended_at is null returning organization_id",
                        row -> row.uuid("organization_id"),
                        sessionId)
                .forEach(this::recordEnd);
        var endsAt = sql
                .query(BEGIN, row -> row.instant("ends_at"), id, plain, organizationId, sessionId, actor.personId())
                .stream()
                .findFirst()
                .orElseThrow(() -> new NotFoundException("organization", organizationId));
        var notification =
                new Notification(Notification.Kind.IMPERSONATED, actor.name(), plain, "", "impersonation:" + id);
        Notifications.notifyMembers(sql, organizationId, Permission.MEMBERS_MANAGE, notification, clock.instant());
        audit.record(
                "impersonation.started",
                "organization",
                organizationId.toString(),
                Map.of("impersonation", id, "reason", plain, "ends_at", endsAt));
        return new Outcome.Started(id);
    }

    /** Ends the current actor's impersonation; does nothing if it is over, or never started. */
    public void end() {
        var actor = Actors.require();
        var impersonation = actor.impersonation();
        if (impersonation == null) {
            return;
        }
        int ended = sql.update(
                "update impersonation set ended_at = now() where id = ? and person_id = ? and ended_at is null",
                impersonation.id(),
                actor.personId());
        if (ended > 0) {
            recordEnd(impersonation.organizationId());
            Signals.publish(
                    sql, Signal.Kind.SESSION, String.valueOf(actor.personId())); // Ends the signals to its open pages.
        }
    }

    private void recordEnd(UUID organizationId) {
        audit.record("impersonation.ended", "organization", organizationId.toString(), Map.of());
    }
}
