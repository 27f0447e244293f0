package io.tenantry.people.notification;

import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The notifications of the current person. No one can read another's; notifications for holders of a permission are shown only while the person
 * still has it.
 */
@Stateless
public class NotificationInbox {
    private static final int PAGE_MAX = 100;

    /** The maximum that is counted: the bell shows "99+". */
    public static final int COUNTED_MAX = 100;

    private static final String MINE = """
              from notification n
             where n.person_id = ?
               and (n.permission is null
                    or n.organization_id is not null
                       and exists (select from member_permission_v m
                                    where m.person_id = n.person_id
                                      and m.organization_id = n.organization_id
                                      and n.permission = any (m.permissions))
                    or n.organization_id is null
                       and exists (select from staff_permission_v s
                                    where s.person_id = n.person_id
                                      and n.permission = any (s.permissions)))
            """;

    private static final String UNREAD = " and n.read_at is null";

    @Inject
    Sql sql;

    /** For the container. */
    public NotificationInbox() {}

    /** For use outside a container. */
    public NotificationInbox(Sql sql) {
        this.sql = sql;
    }

    /**
     * One notification of the person.
     *
     * @param place the organization that it concerns, for its members; empty for what concerns the person, and for staff
     */
    public record InboxEntry(
            long id,
            Notification.Kind kind,
            String subject,
            String detail,
            String path,
            Optional<NamedOrganization> place,
            Instant at,
            boolean isRead) {}

    /** An organization with its name. */
    public record NamedOrganization(UUID organizationId, String name) {}

    /** Returns the person's notifications, the latest first. */
    public List<InboxEntry> page(boolean onlyUnread, int first, int limit) {
        return sql.query(
                "select n.id, n.kind, n.subject, n.detail, n.path, n.created_at, n.read_at is not null is_read, n.organization_id,"
                        + " (select o.name from organization_label_v o where o.id = n.organization_id) organization"
                        + MINE
                        + (onlyUnread ? UNREAD : "") + " order by n.id desc limit ? offset ?",
                NotificationInbox::inboxEntry,
                myself(),
                Math.min(limit, PAGE_MAX),
                first);
    }

    /** Returns how many {@link #page} has in all. */
    public int count(boolean onlyUnread) {
        return sql.one("select count(*)::int n" + MINE + (onlyUnread ? UNREAD : ""), row -> row.whole("n"), myself());
    }

    /** Returns the number of unread notifications, counted up to {@link #COUNTED_MAX}. */
    public int unread() {
        return sql.one(
                "select count(*)::int n from (select 1" + MINE + UNREAD + " limit ?) u",
                row -> row.whole("n"),
                myself(),
                COUNTED_MAX);
    }

    /** Marks this one as read. */
    public void read(long id) {
        changed(sql.update(
                "update notification set read_at = now() where id = ? and person_id = ? and read_at is null",
                id,
                myself()));
    }

    /**
     * Marks all as read.
     *
     * @return the time, by which {@link #unreadAgain} finds them
     */
    public Instant readAll() {
        var at = sql.one("select now() at", row -> row.instant("at"));
        changed(sql.update(
                "update notification set read_at = ? where person_id = ? and read_at is null", at, myself()));
        return at;
    }

    /**
     * Reverts {@link #readAll}.
     *
     * @return false if none of them exists now
     */
    public boolean unreadAgain(Instant readAt) {
        int rows = sql.update(
                "update notification set read_at = null where person_id = ? and read_at = ?", myself(), readAt);
        changed(rows);
        return rows > 0;
    }

    private void changed(int rows) {
        if (rows > 0) {
            Signals.publish(sql, Signal.Kind.NOTIFICATION, myself());
        }
    }

    private static UUID myself() {
        var actor = Actors.require();
        var impersonation = actor.impersonation();
        if (impersonation != null) {
            return impersonation.id(); // No person: neither one's own belong here, nor may the customer's be read.
        }
        return Optional.ofNullable(actor.personId())
                .orElseThrow(() -> new IllegalStateException("the system has no notifications"));
    }

    private static InboxEntry inboxEntry(Row row) {
        return new InboxEntry(
                row.big("id"),
                Notification.Kind.valueOf(row.text("kind")),
                row.text("subject"),
                row.text("detail"),
                row.text("path"),
                row.maybeUuid("organization_id").map(id -> new NamedOrganization(id, row.text("organization"))),
                row.instant("created_at"),
                row.flag("is_read"));
    }
}
