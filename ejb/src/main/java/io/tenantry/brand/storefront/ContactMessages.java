package io.tenantry.brand.storefront;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.EmailAddress;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.text.InputText;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Messages from the public contact form. Anyone may send, within limits; only staff can read. Completed messages are deleted after half a year.
 */
@Stateless
public class ContactMessages {
    /** The maximum number of a reseller per hour; more are not from prospective customers. */
    static final int HOURLY_MAX = 60;

    private static final Duration KEPT = Duration.ofDays(180);
    private static final int NAME_MAX = 120;
    private static final int SUBJECT_MAX = 160;
    private static final int MESSAGE_MAX = 5_000;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    ContactShares shares;

    /** The input of the form. */
    public record Draft(String name, String email, String subject, String message, String language) {
        /** Returns the normalized form; a message that cannot be stored stays unchanged, to be refused by validation. */
        private Draft cleaned() {
            return new Draft(
                    InputText.searchTerm(name),
                    EmailAddress.of(email).orElse(email),
                    InputText.searchTerm(subject),
                    InputText.isStorable(message) ? InputText.foreign(message) : message,
                    language);
        }
    }

    /** A message as shown to staff. */
    public record ContactMessage(
            UUID id,
            Instant sentAt,
            String name,
            String email,
            String subject,
            String message,
            String language,
            Optional<String> doneBy) {}

    /** Fields that can be invalid. */
    public enum Field {
        NAME,
        EMAIL,
        SUBJECT,
        MESSAGE
    }

    /** The result of sending. */
    public sealed interface Outcome {
        /** The message was stored for staff. */
        record Sent(UUID id) implements Outcome {}

        /** These fields are invalid; nothing was stored. */
        record Invalid(List<Field> fields) implements Outcome {}

        /** Too many messages lately, in total or from this address; nothing was stored. */
        record TooMany() implements Outcome {}
    }

    /** Stores a message. The same text from the same address within an hour is one message, however often it is sent. */
    public Outcome send(Draft typed) {
        var draft = typed.cleaned();
        var faults = faults(draft);
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(faults);
        }
        var now = clock.instant();
        var recent = now.minus(Duration.ofHours(1));
        var again = sql.first(
                "select id from contact_message where sent_at > ? and email = ? and subject = ? and message = ? limit 1",
                row -> row.uuid("id"),
                recent,
                draft.email().strip(),
                draft.subject().strip(),
                draft.message().strip());
        if (again.isPresent()) {
            return new Outcome.Sent(again.get());
        }
        if (sql.one("select count(*)::int n from contact_message where sent_at > ?", row -> row.whole("n"), recent)
                        >= HOURLY_MAX
                || !shares.take(now)) {
            return new Outcome.TooMany();
        }
        var id = Ids.next(clock);
        sql.update(
                "insert into contact_message (id, sent_at, name, email, subject, message, language) values (?, ?, ?, ?, ?, ?, ?)",
                id,
                now,
                draft.name().strip(),
                draft.email().strip(),
                draft.subject().strip(),
                draft.message().strip(),
                draft.language());
        var notification = new Notification(
                Notification.Kind.CONTACT_MESSAGE,
                draft.name().strip(),
                draft.subject().strip(),
                "contact-messages",
                "contact-message:" + id);
        Notifications.notifyStaff(sql, Permission.STAFF_CUSTOMERS_VIEW, notification, now);
        return new Outcome.Sent(id);
    }

    /** Returns the latest messages, open ones first. */
    public List<ContactMessage> latest(int limit) {
        access.require(Permission.STAFF_CUSTOMERS_VIEW);
        return sql.query("""
                select id, sent_at, name, email, subject, message, language, done_by
                  from contact_message order by done_at is not null, sent_at desc, id limit ?
                """, ContactMessages::enquiry, limit);
    }

    /** Returns the number of open messages. */
    public int waiting() {
        access.require(Permission.STAFF_CUSTOMERS_VIEW);
        return sql.one("select count(*)::int n from contact_message where done_at is null", row -> row.whole("n"));
    }

    /**
     * Marks a message as done, and deletes those done long ago.
     *
     * @return the time, by which {@link #reopen} finds it; empty if it was already done
     */
    public Optional<Instant> done(UUID id) {
        access.require(Permission.STAFF_CUSTOMERS_MANAGE);
        var now = clock.instant();
        var rows = sql.update(
                "update contact_message set done_at = ?, done_by = ? where id = ? and done_at is null",
                now,
                Actors.require().name(),
                id);
        if (rows == 0) {
            if (sql.first("select id from contact_message where id = ?", row -> row.uuid("id"), id)
                    .isEmpty()) {
                throw new NotFoundException("contact_message", id);
            }
            return Optional.empty();
        }
        sql.update("delete from contact_message where done_at < ?", now.minus(KEPT));
        audit.record("contact_message.resolved", "contact_message", id);
        return Optional.of(now);
    }

    /**
     * Reverts {@link #done}: the message is reopened.
     *
     * @return false if it was not marked as done at that moment, or is gone
     */
    public boolean reopen(UUID id, Instant doneAt) {
        access.require(Permission.STAFF_CUSTOMERS_MANAGE);
        var isBack = sql.update(
                        "update contact_message set done_at = null, done_by = null where id = ? and done_at = ?",
                        id,
                        doneAt)
                == 1;
        if (isBack) {
            audit.record("contact_message.reopened", "contact_message", id);
        }
        return isBack;
    }

    private static List<Field> faults(Draft draft) {
        var faults = new ArrayList<Field>();
        if (isUnfit(draft.name(), NAME_MAX)) {
            faults.add(Field.NAME);
        }
        if (EmailAddress.of(draft.email()).isEmpty()) {
            faults.add(Field.EMAIL);
        }
        if (isUnfit(draft.subject(), SUBJECT_MAX)) {
            faults.add(Field.SUBJECT);
        }
        if (isUnfit(draft.message(), MESSAGE_MAX)) {
            faults.add(Field.MESSAGE);
        }
        return List.copyOf(faults);
    }

    private static boolean isUnfit(String text, int lengthMax) {
        return text.isBlank() || text.strip().length() > lengthMax || !InputText.isStorable(text);
    }

    private static ContactMessage enquiry(Row row) {
        return new ContactMessage(
                row.uuid("id"),
                row.instant("sent_at"),
                row.text("name"),
                row.text("email"),
                row.text("subject"),
                row.text("message"),
                row.text("language"),
                row.maybeText("done_by"));
    }
}
