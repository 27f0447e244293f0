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
 * Exchange rates as operators upload and view them. A file is accepted as a whole or not at all; known rates are never changed, and uploading a
 * file twice changes nothing. In the scope of the platform.
 */
@Stateless
public class RateAdministration {
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

    /** A file that was uploaded or fetched. */
    public record RateImport(Instant at, String by, String source, int rates, LocalDate from, LocalDate to) {}

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
         */
        record Done(int fresh, int known) implements Outcome {}

        /** It was rejected. */
        record Invalid(List<FaultyLine> faults) implements Outcome {}
    }

    /** Returns the latest rate of each currency. */
    public List<LatestRate> latest() {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return sql.query("""
                select distinct on (r.currency) r.currency, r.day, r.per_euro, r.source, c.since, c.days
                  from exchange_rate r
                  join (select currency, min(day) as since, count(*)::int as days from exchange_rate group by currency) c
                    on c.currency = r.currency
                 order by r.currency, r.day desc
                """, RateAdministration::latestOf);
    }

    /** Returns the files read, the latest first. */
    public List<RateImport> readings() {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return sql.query(
                """
                select recorded_at, recorded_by, source, count(*)::int as rates, min(day) as first_day, max(day) as last_day
                  from exchange_rate
                 group by recorded_at, recorded_by, source
                 order by recorded_at desc
                 limit ?
                """,
                row -> new RateImport(
                        row.instant("recorded_at"),
                        row.text("recorded_by"),
                        row.text("source"),
                        row.whole("rates"),
                        row.date("first_day"),
                        row.date("last_day")),
                SHOWN);
    }

    /** Reads a file of the European Central Bank. */
    public Outcome read(String text) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        if (text.length() > EcbRateFile.LENGTH_MAX) {
            return new Outcome.Invalid(List.of(new FaultyLine(1, Kind.FORMAT.name(), "")));
        }
        return take(EcbRateSource.NAME, text);
    }

    /** Stores the rates of a source. Checks no permission: part of scheduled work. */
    public Outcome take(String source, String text) {
        var file = EcbRateFile.of(text);
        var faults = new ArrayList<>(file.faults());
        var nearby = nearby(file.rates());
        var known = new HashMap<String, BigDecimal>();
        nearby.forEach(one -> known.put(key(one), one.perEuro()));
        var today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        var fresh = new ArrayList<RateRow>();
        var neighbors = new NearbyRates(nearby, file.rates());
        for (var rateRow : file.rates()) {
            var before = known.putIfAbsent(key(rateRow), rateRow.perEuro());
            if (before != null && before.compareTo(rateRow.perEuro()) != 0) {
                faults.add(new Fault(rateRow.line(), Kind.KNOWN, rateRow.currency() + " " + rateRow.day()));
            } else if (rateRow.day().isAfter(today)) {
                faults.add(new Fault(rateRow.line(), Kind.FUTURE, rateRow.currency() + " " + rateRow.day()));
            } else if (before == null) {
                neighbors
                        .contradicting(rateRow)
                        .ifPresent(other -> faults.add(
                                new Fault(rateRow.line(), Kind.IMPLAUSIBLE, rate(rateRow) + " / " + rate(other))));
                fresh.add(rateRow);
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
        return new Outcome.Done(fresh.size(), file.rates().size() - fresh.size());
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
                on conflict on constraint exchange_rate_pk do nothing
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

    /** Returns the known rates of the days of a file and of those nearby. */
    private List<RateRow> nearby(List<RateRow> file) {
        if (file.isEmpty()) {
            return List.of();
        }
        var days = file.stream().map(RateRow::day).sorted().toList();
        return sql.query(
                "select currency, day, per_euro from exchange_rate where day between ? and ?",
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
