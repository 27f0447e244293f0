package io.tenantry.catalog.fx;

import io.tenantry.catalog.fx.EcbRateFile.Fault;
import io.tenantry.catalog.fx.EcbRateFile.Kind;
import io.tenantry.catalog.fx.EcbRateFile.RateRow;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.text.InputText;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Exchange rates as operators upload, correct and view them. A file is accepted as a whole or not at all; known rates change only by a
 * correction, and uploading a file twice changes nothing. A corrected rate applies from then on: issued documents and settled months keep the
 * rate that they state. In the scope of the platform.
 */
@Stateless
public class RateAdministration {
    /** Maximum length of the reason for a correction. */
    public static final int REASON_MAX = 200;

    private static final int SHOWN = 20;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    /** For the container. */
    public RateAdministration() {}

    /** For use outside a container. */
    RateAdministration(Sql sql, Clock clock, Access access, AuditTrail audit) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
    }

    /**
     * The latest known rate of a currency.
     *
     * @param perEuro of the last day
     */
    public record LatestRate(
            String currency, LocalDate day, BigDecimal perEuro, String source, LocalDate since, int days) {}

    /**
     * A file that was uploaded or fetched.
     *
     * @param reason why it corrected known rates; empty if it added rates
     */
    public record RateImport(
            Instant at, String by, String source, int rates, LocalDate from, LocalDate to, Optional<String> reason) {}

    /**
     * A faulty line.
     *
     * @param kind selects the explanation
     */
    public record FaultyLine(int line, String kind, String what) {}

    /** The result of reading a file. */
    public sealed interface Outcome {
        /**
         * It was accepted.
         *
         * @param fresh how many rates were not known before
         * @param known how many were known as they are in the file
         * @param corrected how many replace a different one
         */
        record Done(int fresh, int known, int corrected) implements Outcome {}

        /** It was rejected. */
        record Invalid(List<FaultyLine> faults) implements Outcome {}

        /** A correction requires a reason of at most {@link #REASON_MAX} characters. */
        record ReasonMissing() implements Outcome {}
    }

    /** Returns the latest rate of each currency. */
    public List<LatestRate> latest() {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return sql.query("""
                select distinct on (r.currency) r.currency, r.day, r.per_euro, r.source, c.since, c.days
                  from exchange_rate r
                  join (select currency, min(day) as since, (count(*) filter (where version = 1))::int as days
                          from exchange_rate
                         group by currency) c on c.currency = r.currency
                 order by r.currency, r.day desc, r.version desc
                """, RateAdministration::latestOf);
    }

    /** Returns the files read, the latest first. */
    public List<RateImport> readings() {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return sql.query(
                """
                select recorded_at, recorded_by, source, reason, count(*)::int as rates, min(day) as first_day, max(day) as last_day
                  from exchange_rate
                 group by recorded_at, recorded_by, source, reason
                 order by recorded_at desc, reason nulls first
                 limit ?
                """,
                row -> new RateImport(
                        row.instant("recorded_at"),
                        row.text("recorded_by"),
                        row.text("source"),
                        row.whole("rates"),
                        row.date("first_day"),
                        row.date("last_day"),
                        row.maybeText("reason")),
                SHOWN);
    }

    /** Reads a file of the European Central Bank. */
    public Outcome read(String text) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        return isLong(text) ? tooLong() : take(EcbRateSource.NAME, text);
    }

    /** Reads a file of the European Central Bank whose rates replace different ones of the same days. */
    public Outcome correct(String text, String reason) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var words = InputText.line(reason);
        if (words.isEmpty() || words.length() > REASON_MAX) {
            return new Outcome.ReasonMissing();
        }
        return isLong(text) ? tooLong() : take(EcbRateSource.NAME, text, Optional.of(words));
    }

    private static boolean isLong(String text) {
        return text.length() > EcbRateFile.LENGTH_MAX;
    }

    private static Outcome tooLong() {
        return new Outcome.Invalid(List.of(new FaultyLine(1, Kind.FORMAT.name(), "")));
    }

    /** Stores the rates of a source. Checks no permission: part of scheduled work. */
    public Outcome take(String source, String text) {
        return take(source, text, Optional.empty());
    }

    private Outcome take(String source, String text, Optional<String> reason) {
        var file = EcbRateFile.of(text);
        // Another file waits for this lock, so what is not known here is still unknown when it is written.
        sql.one(
                "select 1 as one from (select pg_advisory_xact_lock(hashtext('exchange_rate'))) l",
                row -> row.whole("one"));
        var faults = new ArrayList<>(file.faults());
        var nearby = nearby(file.rates());
        var known = new HashMap<String, BigDecimal>();
        nearby.forEach(one -> known.put(key(one), one.perEuro()));
        var today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        var inFile = new HashMap<String, BigDecimal>();
        var fresh = new ArrayList<RateRow>();
        var corrected = new ArrayList<RateRow>();
        var neighbors =
                reason.isPresent() ? new NearbyRates(file.rates(), nearby) : new NearbyRates(nearby, file.rates());
        for (var rateRow : file.rates()) {
            var repeated = inFile.putIfAbsent(key(rateRow), rateRow.perEuro());
            var before = known.get(key(rateRow));
            if (isOther(rateRow, repeated) || (reason.isEmpty() && isOther(rateRow, before))) {
                faults.add(new Fault(rateRow.line(), Kind.KNOWN, rateRow.currency() + " " + rateRow.day()));
            } else if (rateRow.day().isAfter(today)) {
                faults.add(new Fault(rateRow.line(), Kind.FUTURE, rateRow.currency() + " " + rateRow.day()));
            } else if (repeated == null && (before == null || isOther(rateRow, before))) {
                neighbors
                        .contradicting(rateRow)
                        .ifPresent(other -> faults.add(
                                new Fault(rateRow.line(), Kind.IMPLAUSIBLE, rate(rateRow) + " / " + rate(other))));
                (before == null ? fresh : corrected).add(rateRow);
            }
        }
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(faults.stream()
                    .limit(SHOWN)
                    .map(fault -> new FaultyLine(fault.line(), fault.kind().name(), fault.what()))
                    .toList());
        }
        if (!fresh.isEmpty()) {
            write(source, fresh);
        }
        if (!corrected.isEmpty()) {
            writeCorrections(source, corrected, reason.orElseThrow());
        }
        return new Outcome.Done(fresh.size(), file.rates().size() - fresh.size() - corrected.size(), corrected.size());
    }

    private static boolean isOther(RateRow rateRow, @Nullable BigDecimal rate) {
        return rate != null && rate.compareTo(rateRow.perEuro()) != 0;
    }

    /** Returns the last day of which any rate is known. Checks no permission. */
    public Optional<LocalDate> lastDay() {
        return sql.first("select day from exchange_rate order by day desc limit 1", row -> row.date("day"));
    }

    private void write(String source, List<RateRow> fresh) {
        var now = clock.instant();
        var who = Actors.require().name();
        var rows = new ArrayList<@Nullable Object[]>();
        for (var rateRow : fresh) {
            rows.add(new @Nullable Object[] {rateRow.currency(), rateRow.day(), rateRow.perEuro(), source, now, who});
        }
        sql.batch("""
                insert into exchange_rate (currency, day, per_euro, source, recorded_at, recorded_by) values (?, ?, ?, ?, ?, ?)
                """, rows);
        audit.record(
                "exchange_rates.imported",
                "exchange_rate",
                source,
                Map.of(
                        "rates",
                        fresh.size(),
                        "until",
                        fresh.stream()
                                .map(RateRow::day)
                                .max(LocalDate::compareTo)
                                .orElseThrow()));
    }

    /** Writes the next version of each rate; of two concurrent corrections of a rate, the second one fails. */
    private void writeCorrections(String source, List<RateRow> corrected, String reason) {
        var now = clock.instant();
        var who = Actors.require().name();
        var rows = new ArrayList<@Nullable Object[]>();
        for (var rateRow : corrected) {
            rows.add(new @Nullable Object[] {
                rateRow.perEuro(), source, now, who, reason, rateRow.currency(), rateRow.day()
            });
        }
        sql.batch("""
                insert into exchange_rate (currency, day, version, per_euro, source, recorded_at, recorded_by, reason)
                select r.currency, r.day, max(r.version) + 1, ?, ?, ?, ?, ?
                  from exchange_rate r
                 where r.currency = ? and r.day = ?
                 group by r.currency, r.day
                """, rows);
        audit.record(
                "exchange_rates.corrected",
                "exchange_rate",
                source,
                Map.of(
                        "rates",
                        corrected.stream()
                                .limit(SHOWN)
                                .map(RateAdministration::rate)
                                .toList(),
                        "number",
                        corrected.size(),
                        "reason",
                        reason));
    }

    /** Returns the known rates of the days of a file and of those nearby. */
    private List<RateRow> nearby(List<RateRow> file) {
        if (file.isEmpty()) {
            return List.of();
        }
        var days = file.stream().map(RateRow::day).sorted().toList();
        return sql.query(
                """
                select distinct on (currency, day) currency, day, per_euro
                  from exchange_rate
                 where day between ? and ?
                 order by currency, day, version desc
                """,
                row -> new RateRow(0, row.text("currency"), row.date("day"), row.decimal("per_euro")),
                days.get(0).minusDays(NearbyRates.DAYS_MAX),
                days.get(days.size() - 1).plusDays(NearbyRates.DAYS_MAX));
    }

    private static String rate(RateRow rateRow) {
        return rateRow.currency() + " " + rateRow.day() + " "
                + rateRow.perEuro().stripTrailingZeros().toPlainString();
    }

    private static String key(RateRow rateRow) {
        return rateRow.currency() + rateRow.day();
    }

    private static LatestRate latestOf(Row row) {
        return new LatestRate(
                row.text("currency"),
                row.date("day"),
                row.decimal("per_euro"),
                row.text("source"),
                row.date("since"),
                row.whole("days"));
    }
}
