package io.tenantry.brand.storefront;

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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Incidents on the status page: maintenance and faults, reported by the reseller's staff. Public, except for the authors of reports. */
@Stateless
public class Incidents {
    private static final int TITLE_MAX = 120;
    private static final int NOTE_MAX = 2_000;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    /** The severity, the mildest first. */
    public enum Impact {
        MAINTENANCE,
        DEGRADED,
        OUTAGE
    }

    /** A report at a time. */
    public record IncidentUpdate(Instant at, String text) {}

    /**
     * An incident, completed or in progress.
     *
     * @param region the region's code; empty if it concerns all
     * @param notes the latest first
     */
    public record Incident(
            UUID id,
            String title,
            Impact impact,
            Optional<String> region,
            Instant beganAt,
            Optional<Instant> endedAt,
            List<IncidentUpdate> notes) {
        /** Whether it is in progress at that time. */
        public boolean lasts(Instant at) {
            return !beganAt.isAfter(at)
                    && endedAt.filter(end -> !end.isAfter(at)).isEmpty();
        }

        /** Returns its duration within the half-open interval {@code [from, to)}; one in progress counts up to {@code to}. */
        public Duration within(Instant from, Instant to) {
            var begin = beganAt.isAfter(from) ? beganAt : from;
            var end = endedAt.filter(it -> it.isBefore(to)).orElse(to);
            return end.isAfter(begin) ? Duration.between(begin, end) : Duration.ZERO;
        }
    }

    /** Fields that can be invalid. */
    public enum Field {
        TITLE,
        REGION,
        NOTE,
        BEGAN
    }

    /** The result of a report. */
    public sealed interface Outcome {
        /** It is published, as of that time. */
        record Done(UUID id, Instant at) implements Outcome {}

        /** These fields are invalid; nothing was changed. */
        record Invalid(List<Field> fields) implements Outcome {}
    }

    /** Returns incidents in progress at any time since then, and announced ones; the latest first. */
    public List<Incident> since(Instant from) {
        var notes = sql.query(
                """
                select n.incident_id, n.recorded_at, n.note
                  from incident_update n join incident d on d.id = n.incident_id
                 where d.ended_at is null or d.ended_at > ?
                 order by n.recorded_at desc, n.id desc
                """,
                row -> Map.entry(
                        row.uuid("incident_id"), new IncidentUpdate(row.instant("recorded_at"), row.text("note"))),
                from);
        return sql.query(
                """
                select id, title, impact, region, started_at, ended_at
                  from incident
                 where ended_at is null or ended_at > ?
                 order by started_at desc, id desc
                """,
                row -> disruption(
                        row,
                        notes.stream()
                                .filter(note -> note.getKey().equals(row.uuid("id")))
                                .map(Map.Entry::getValue)
                                .toList()),
                from);
    }

    /**
     * Reports an incident.
     *
     * @param beganAt when it started, or will start if it is future maintenance
     * @param note the first report
     */
    public Outcome report(String title, Impact impact, Optional<String> region, Instant beganAt, String note) {
        var faults = faults(title, impact, region, beganAt, note);
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(faults);
        }
        var id = Ids.next(clock);
        sql.update(
                "insert into incident (id, title, impact, region, started_at) values (?, ?, ?, ?, ?)",
                id,
                title.strip(),
                impact.name(),
                region.orElse(null),
                beganAt);
        write(id, note);
        audit.record("incident.updated", "disruption", id.toString(), Map.of("impact", impact, "started_at", beganAt));
        return new Outcome.Done(id, clock.instant());
    }

    /** Returns all invalid fields of a report, so that a form can report them at once. */
    public List<Field> faults(String title, Impact impact, Optional<String> region, Instant beganAt, String note) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var faults = new ArrayList<Field>();
        if (title.isBlank() || title.strip().length() > TITLE_MAX) {
            faults.add(Field.TITLE);
        }
        if (!isKnown(region)) {
            faults.add(Field.REGION);
        }
        if (isUnfit(note)) {
            faults.add(Field.NOTE);
        }
        var isToCome = beganAt.isAfter(clock.instant());
        if (isToCome && impact != Impact.MAINTENANCE) {
            faults.add(Field.BEGAN); // Faults cannot be announced.
        }
        return List.copyOf(faults);
    }

    /** Adds a report to an incident; with {@code over}, ends it. */
    public Outcome add(UUID id, String note, boolean over) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var began = sql.first(
                        "select started_at from incident where id = ? and ended_at is null for update",
                        row -> row.instant("started_at"),
                        id)
                .orElseThrow(() -> new NotFoundException("disruption", id));
        if (isUnfit(note)) {
            return new Outcome.Invalid(List.of(Field.NOTE));
        }
        var now = clock.instant();
        if (over && !now.isAfter(began)) {
            return new Outcome.Invalid(List.of(Field.BEGAN)); // A disruption that has not started cannot be over.
        }
        write(id, note);
        if (over) {
            sql.update("update incident set ended_at = ? where id = ?", now, id);
        }
        audit.record(over ? "incident.resolved" : "incident.reported", "disruption", id);
        return new Outcome.Done(id, now);
    }

    /**
     * Reverts the end of an incident: it continues as if it had not ended. Reports stay, because people have read them.
     *
     * @return false if it did not end at that time
     */
    public boolean reopen(UUID id, Instant endedAt) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var isBack = sql.update("update incident set ended_at = null where id = ? and ended_at = ?", id, endedAt) == 1;
        if (isBack) {
            audit.record("incident.reopened", "disruption", id);
        }
        return isBack;
    }

    private void write(UUID id, String note) {
        sql.update(
                "insert into incident_update (id, incident_id, recorded_at, recorded_by, note) values (?, ?, ?, ?, ?)",
                Ids.next(clock),
                id,
                clock.instant(),
                Actors.require().name(),
                note.strip());
    }

    private boolean isKnown(Optional<String> region) {
        return region.isEmpty()
                || sql.first("select code from region where code = ?", row -> row.text("code"), region.get())
                        .isPresent();
    }

    private static boolean isUnfit(String note) {
        return note.isBlank() || note.strip().length() > NOTE_MAX;
    }

    private static Incident disruption(Row row, List<IncidentUpdate> notes) {
        return new Incident(
                row.uuid("id"),
                row.text("title"),
                Impact.valueOf(row.text("impact")),
                row.maybeText("region"),
                row.instant("started_at"),
                row.maybeInstant("ended_at"),
                notes);
    }
}
