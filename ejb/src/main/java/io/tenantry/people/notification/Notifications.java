package io.tenantry.people.notification;

import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Notifies people of the current scope, in the transaction of the event. People are not notified of their own actions, except of what concerns
 * the security of an account. Checks no permission: part of use cases that do.
 */
public final class Notifications {
    private static final String TELL = """
            insert into notification (person_id, organization_id, permission, kind, subject, detail, path, key, created_at)
            """;
    private static final String ONCE = " on conflict on constraint notification_once_uq do nothing";

    private static final String PERSON = TELL + "values (?, null, null, ?, ?, ?, ?, ?, ?)" + ONCE;

    private static final String MEMBERS = TELL + """
            select m.person_id, m.organization_id, ?, ?, ?, ?, ?, ?, ?
              from member_permission_v m
             where ? = any (m.permissions)
               and m.organization_id = ?
               and m.person_id is distinct from ?::uuid
            """ + ONCE;

    private static final String STAFF = TELL + """
            select s.person_id, null, ?, ?, ?, ?, ?, ?, ?
              from staff_permission_v s
             where ? = any (s.permissions)
               and s.person_id is distinct from ?::uuid
            """ + ONCE;

    private Notifications() {}

    /** Notifies one person, even the actor. */
    public static void notifyPerson(Sql sql, UUID personId, Notification notification, Instant at) {
        var notified = sql.update(
                PERSON,
                personId,
                notification.kind(),
                notification.subject(),
                notification.detail(),
                notification.path(),
                notification.key(),
                at);
        signal(sql, notified, personId.toString());
    }

    /** Notifies all other members with this permission in the organization. */
    public static void notifyMembers(
            Sql sql, UUID organizationId, String permission, Notification notification, Instant at) {
        var notified = sql.update(
                MEMBERS,
                permission,
                notification.kind(),
                notification.subject(),
                notification.detail(),
                notification.path(),
                notification.key(),
                at,
                permission,
                organizationId,
                myself());
        signal(sql, notified, Signal.EVERYBODY);
    }

    /** Notifies all other staff, or in the platform's scope operators, with this permission. */
    public static void notifyStaff(Sql sql, String permission, Notification notification, Instant at) {
        var notified = sql.update(
                STAFF,
                permission,
                notification.kind(),
                notification.subject(),
                notification.detail(),
                notification.path(),
                notification.key(),
                at,
                permission,
                myself());
        signal(sql, notified, Signal.EVERYBODY);
    }

    /** Takes back, from everybody in the current scope, what was told about a subject that is no more. */
    public static void withdraw(Sql sql, Notification.Kind kind, String subject) {
        sql.update("delete from notification where kind = ? and subject = ?", kind, subject);
    }

    private static void signal(Sql sql, int notified, String about) {
        if (notified > 0) {
            Signals.publish(sql, Signal.Kind.NOTIFICATION, about);
        }
    }

    private static @Nullable UUID myself() {
        return Actors.current().map(Actor::personId).orElse(null);
    }
}
