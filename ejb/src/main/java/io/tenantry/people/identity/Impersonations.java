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
 * Staff who act for a customer: one organization at a time, in one session, for half an hour at most, after saying why. The customer's
 * owners are told when it begins. What may be done meanwhile {@link Access} decides, by the row written here, at every call: whoever
 * ends it, takes the right away or shuts the person out does so at once and on every node. Its times are the database's.
 */
@Stateless
public class Impersonations {
    /** Shorter is no reason. */
    public static final int REASON_MIN = 5;

    /** Longer is a story. */
    public static final int REASON_MAX = 200;

    /** Held until the end: of two that begin in one session at once the second ends the first. */
    private static final String HOLD =
            "select id from web_session where id = ? and person_id = ? and ended_at is null for update";

    private static final String BEGIN = """
            insert into impersonation (id, session_id, person_id, organization_id, reason, began_at, ends_at)
            select ?, w.id, w.person_id, o.id, ?, now(), now() + interval '30 minutes'
              from web_session w
              join person p on p.id = w.person_id and p.state = 'ACTIVE' and w.created_at >= p.sessions_valid_from
              join organization o on o.id = ? and o.state <> 'CLOSED'
             where w.id = ?
               and w.person_id = ?
               and w.ended_at is null
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    /** What became of the wish to act for a customer. */
    public sealed interface Outcome {
        /** The session may now be used for it. */
        record Begun(UUID id) implements Outcome {}

        /** Nobody acts for others without saying why. */
        record NoReason() implements Outcome {}
    }

    /**
     * Begins to act for an organization, in a session of the person who acts.
     *
     * @throws NotFoundException if there is no such organization here, or no such session of that person
     */
    public Outcome begin(UUID sessionId, UUID organizationId, String reason) {
        access.require(Permission.STAFF_CUSTOMERS_IMPERSONATE);
        access.requireIn(
                organizationId, Permission.ORGANIZATION_VIEW); // The right that every role has which sees customers.
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
        sql.update("update impersonation set ended_at = now() where session_id = ? and ended_at is null", sessionId);
        int begun = sql.update(BEGIN, id, plain, organizationId, sessionId, actor.personId());
        if (begun == 0) {
            throw new NotFoundException("organization", organizationId);
        }
        var notification =
                new Notification(Notification.Kind.ACTED_FOR, actor.name(), plain, "", "impersonation:" + id);
        Notifications.tellMembers(sql, organizationId, Permission.MEMBERS_MANAGE, notification, clock.instant());
        audit.record(
                "impersonation.begun",
                "organization",
                organizationId.toString(),
                Map.of("impersonation", id, "reason", plain));
        return new Outcome.Begun(id);
    }

    /** Ends what the one who acts does for somebody else; nothing happens if that is over, or never was. */
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
            audit.record(
                    "impersonation.ended",
                    "organization",
                    impersonation.organizationId().toString(),
                    Map.of());
            Signals.publish(
                    sql, Signal.Kind.SESSION, String.valueOf(actor.personId())); // Open pages hear of it no more.
        }
    }
}
