package io.tenantry.news;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.time.Ids;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Announcements: staff write them, everybody of the reseller reads those of now. */
@Stateless
public class Announcements {
    /** A title is no longer than this. */
    public static final int TITLE_MAX = 120;

    /** A text is no longer than this. */
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

    /** How much it matters. The order is that in which they are shown. */
    public enum Level {
        /** Something is wrong at present. */
        PROBLEM,
        /** Something will be interrupted. */
        MAINTENANCE,
        /** Good to know. */
        INFO
    }

    /**
     * An announcement.
     *
     * @param text Markdown, as it was written
     * @param ends when it is over; empty for never
     */
    public record Announcement(
            UUID id, String title, String text, Level level, Instant starts, Optional<Instant> ends, String author) {
        /** Whether people see it at that moment. */
        public boolean isShown(Instant at) {
            return !at.isBefore(starts) && ends.filter(end -> !at.isBefore(end)).isEmpty();
        }
    }

    /**
     * What somebody wants to announce.
     *
     * @param id of the announcement to change; empty for a new one
     */
    public record Draft(
            Optional<UUID> id, String title, String text, Level level, Instant starts, Optional<Instant> ends) {}

    /** How keeping a draft ended. */
    public enum Outcome {
        DONE,
        /** A title has 1 to {@link #TITLE_MAX} letters. */
        BAD_TITLE,
        /** A text has 1 to {@link #TEXT_MAX} letters. */
        BAD_TEXT,
        /** The end is not after the beginning. */
        BAD_END
    }

    /** What is announced now, the most urgent first. Anybody may know. */
    public List<Announcement> now() {
        var now = clock.instant();
        return sql.query(COLUMNS + """
                where starts_at <= ? and (ends_at is null or ends_at > ?)
                order by case level when 'PROBLEM' then 0 when 'MAINTENANCE' then 1 else 2 end, starts_at desc, id
                limit ?
                """, Announcements::announcement, now, now, NOW_MAX);
    }

    /** All, the latest first. */
    public List<Announcement> all() {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        return sql.query(COLUMNS + "order by starts_at desc, id limit ?", Announcements::announcement, ALL_MAX);
    }

    /** One, to change it. */
    public Announcement one(UUID id) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        return sql.first(COLUMNS + "where id = ?", Announcements::announcement, id)
                .orElseThrow(() -> new NotVisible("announcement", id));
    }

    /** Announces something, or changes what is announced. */
    public Outcome keep(Draft draft) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        if (!isFit(draft.title(), TITLE_MAX)) {
            return Outcome.BAD_TITLE;
        }
        if (!isFit(draft.text(), TEXT_MAX)) {
            return Outcome.BAD_TEXT;
        }
        if (draft.ends().filter(end -> !end.isAfter(draft.starts())).isPresent()) {
            return Outcome.BAD_END;
        }
        var id = draft.id().orElseGet(() -> Ids.next(clock));
        sql.update(
                """
                insert into announcement (id, title, text, level, starts_at, ends_at, author)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update
                   set title = excluded.title, text = excluded.text, level = excluded.level,
                       starts_at = excluded.starts_at, ends_at = excluded.ends_at, author = excluded.author
                """,
                id,
                draft.title().strip(),
                draft.text().strip(),
                draft.level(),
                draft.starts(),
                draft.ends().orElse(null),
                Actors.require().name());
        audit.record(draft.id().isPresent() ? "announcement.changed" : "announcement.added", "announcement", id);
        return Outcome.DONE;
    }

    /** Takes one back for good. */
    public void drop(UUID id) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        if (sql.update("delete from announcement where id = ?", id) == 0) {
            throw new NotVisible("announcement", id);
        }
        audit.record("announcement.dropped", "announcement", id);
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
