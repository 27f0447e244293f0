package io.tenantry.brand.announcement;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Announcements: written by staff, current ones visible to all people of the reseller. */
@Stateless
public class Announcements {
    /** The maximum length of a title. */
    public static final int TITLE_MAX = 120;

    /** The maximum length of a text. */
    public static final int TEXT_MAX = 4000;

    private static final int NOW_MAX = 3;
    private static final int ALL_MAX = 200;

    private static final String COLUMNS =
            "select id, title, text, level, starts_at, ends_at, author from announcement ";

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    /** For the container. */
    public Announcements() {}

    /** For use outside a container. */
    public Announcements(Sql sql, Clock clock, Access access, AuditTrail audit) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
    }

    /** The severity, in the order of display. */
    public enum Level {
        /** A current problem. */
        PROBLEM,
        /** A coming interruption. */
        MAINTENANCE,
        /** General information. */
        INFO
    }

    /**
     * An announcement.
     *
     * @param text Markdown, as it was written
     * @param ends when it ends; empty for never
     */
    public record Announcement(
            UUID id, String title, String text, Level level, Instant starts, Optional<Instant> ends, String author) {
        /** Whether it is visible at that moment. */
        public boolean isShown(Instant at) {
            return !at.isBefore(starts) && ends.filter(end -> !at.isBefore(end)).isEmpty();
        }
    }

    /**
     * The input for an announcement.
     *
     * @param id of the announcement to change; empty for a new one
     */
    public record Draft(
            Optional<UUID> id, String title, String text, Level level, Instant starts, Optional<Instant> ends) {
        /** Returns all invalid fields. */
        public Set<Field> faults() {
            var faults = EnumSet.noneOf(Field.class);
            if (!isFit(title, TITLE_MAX)) {
                faults.add(Field.TITLE);
            }
            if (!isFit(text, TEXT_MAX)) {
                faults.add(Field.TEXT);
            }
            if (ends.filter(end -> !end.isAfter(starts)).isPresent()) {
                faults.add(Field.END);
            }
            return faults;
        }
    }

    /** Fields that can be invalid. */
    public enum Field {
        /** A title has 1 to {@link #TITLE_MAX} characters. */
        TITLE,
        /** A text has 1 to {@link #TEXT_MAX} characters. */
        TEXT,
        /** The end is not after the start. */
        END
    }

    /** The result of saving a draft. */
    public sealed interface Outcome {
        /**
         * It was saved.
         *
         * @param before the previous state; empty for a new one
         */
        record Saved(Optional<Announcement> before, Announcement now) implements Outcome {}

        /** These fields are invalid; nothing was changed. */
        record Invalid(Set<Field> fields) implements Outcome {}
    }

    /** Returns the current announcements, the most urgent first. Needs no permission. */
    public List<Announcement> now() {
        var now = clock.instant();
        return sql.query(COLUMNS + """
                where starts_at <= ? and (ends_at is null or ends_at > ?)
                order by case level when 'PROBLEM' then 0 when 'MAINTENANCE' then 1 else 2 end, starts_at desc, id
                limit ?
                """, Announcements::announcement, now, now, NOW_MAX);
    }

    /** Returns all announcements, the latest first. */
    public List<Announcement> all() {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        return sql.query(COLUMNS + "order by starts_at desc, id limit ?", Announcements::announcement, ALL_MAX);
    }

    /** Returns one announcement, for editing. */
    public Announcement one(UUID id) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        return sql.first(COLUMNS + "where id = ?", Announcements::announcement, id)
                .orElseThrow(() -> new NotFoundException("announcement", id));
    }

    /** Creates or changes an announcement. */
    public Outcome keep(Draft draft) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        var faults = draft.faults();
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(faults);
        }
        var id = draft.id().orElseGet(() -> Ids.next(clock));
        var before = locked(id);
        write(new Announcement(
                id,
                draft.title().strip(),
                draft.text().strip(),
                draft.level(),
                draft.starts(),
                draft.ends(),
                Actors.require().name()));
        audit.record(draft.id().isPresent() ? "announcement.changed" : "announcement.added", "announcement", id);
        return new Outcome.Saved(before, one(id));
    }

    /** Deletes an announcement and returns it. */
    public Announcement drop(UUID id) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        var dropped = locked(id).orElseThrow(() -> new NotFoundException("announcement", id));
        sql.update("delete from announcement where id = ?", id);
        audit.record("announcement.withdrawn", "announcement", id);
        return dropped;
    }

    /**
     * Reverts {@link #keep} or {@link #drop}.
     *
     * @param before the previous state; empty if it did not exist
     * @param left the state after the change; empty if it was deleted
     * @return false if it was changed since
     */
    public boolean putBack(UUID id, Optional<Announcement> before, Optional<Announcement> left) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        if (!locked(id).equals(left)) {
            return false;
        }
        before.ifPresentOrElse(this::write, () -> sql.update("delete from announcement where id = ?", id));
        audit.record("announcement.restored", "announcement", id);
        return true;
    }

    private Optional<Announcement> locked(UUID id) {
        return sql.first(COLUMNS + "where id = ? for update", Announcements::announcement, id);
    }

    private void write(Announcement one) {
        sql.update(
                """
                insert into announcement (id, title, text, level, starts_at, ends_at, author)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update
                   set title = excluded.title, text = excluded.text, level = excluded.level,
                       starts_at = excluded.starts_at, ends_at = excluded.ends_at, author = excluded.author
                """,
                one.id(),
                one.title(),
                one.text(),
                one.level(),
                one.starts(),
                one.ends().orElse(null),
                one.author());
    }

    private static boolean isFit(String text, int most) {
        return !text.isBlank() && text.strip().length() <= most;
    }

    private static Announcement announcement(Row row) {
        return new Announcement(
                row.uuid("id"),
                row.text("title"),
                row.text("text"),
                Level.valueOf(row.text("level")),
                row.instant("starts_at"),
                row.maybeInstant("ends_at"),
                row.text("author"));
    }
}
