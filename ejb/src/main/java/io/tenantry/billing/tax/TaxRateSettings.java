package io.tenantry.billing.tax;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The tax rates of a reseller, by place and category. A rate is never changed: another applies from its own day on, and earlier charges keep their
 * tax. A rate that was mistyped may be withdrawn before its day, as nothing was taxed at it yet.
 */
@Stateless
public class TaxRateSettings {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    TenantDirectory tenants;

    /**
     * A rate, and the day from which it applies.
     *
     * @param place a country, or a region of it after a dash
     */
    public record Rate(String place, String category, BigDecimal percent, TaxComponents split, LocalDate from) {
        /** Creates a rate that is a single tax. */
        public Rate(String place, String category, BigDecimal percent, LocalDate from) {
            this(place, category, percent, TaxComponents.NONE, from);
        }
    }

    /**
     * Result of importing a table of rates.
     *
     * @param written number of new rates
     * @param known number of rates that existed already
     * @param faults with their line numbers, in order; nothing is written if there are any
     */
    public record Imported(int written, int known, List<Faulty> faults) {
        public Imported {
            faults = List.copyOf(faults);
        }
    }

    /**
     * A fault of a line of a table.
     *
     * @param line counted from one
     * @param fault the name of the fault
     */
    public record Faulty(int line, String fault) {}

    /**
     * A rate in the list of rates.
     *
     * @param isComing whether its day has not started, so that it can still be withdrawn
     */
    public record Listed(long id, Rate rate, boolean isComing) {}

    /** Outcome of a withdrawal. */
    public enum Withdrawal {
        DONE,
        /** Another user withdrew it before. */
        GONE,
        /** Its day has started. */
        STARTED,
        /** It is the only standard rate of a place where tax is collected. */
        NEEDED
    }

    /** Outcome of a change. */
    public enum Outcome {
        DONE,
        /** There is a rate of that place, category and day, which stays as it is. */
        EXISTS,
        /** There is no such country. */
        COUNTRY,
        /** A category must consist of capital letters. */
        CATEGORY,
        /** A rate must be from 0 to 100 percent. */
        PERCENT,
        /** It must apply from the start of a future month, or from a day without charges. */
        FROM
    }

    private record Key(String place, String category, LocalDate from) {
        static Key of(Rate rate) {
            return new Key(rate.place(), rate.category(), rate.from());
        }
    }

    /** Returns all rates. */
    public List<Rate> all() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return listed().stream().map(Listed::rate).toList();
    }

    /** Returns all rates, and whether each can still be withdrawn. */
    public List<Listed> listed() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query("""
                select id, place, category, percent, parts, from_day
                  from tax_rate
                 where withdrawn_at is null
                 order by place, category, from_day desc
                """, row -> {
            var rate = new Rate(
                    row.text("place"),
                    row.text("category"),
                    row.decimal("percent"),
                    TaxComponents.of(row.text("parts")),
                    row.date("from_day"));
            return new Listed(row.big("id"), rate, isComing(rate));
        });
    }

    private boolean isComing(Rate rate) {
        return dates().startOf(rate.from()).isAfter(clock.instant());
    }

    /**
     * Withdraws a rate before its day, such as a mistyped one. What is charged until then is taxed at an earlier rate, so nothing was taxed at it.
     *
     * @param rateId of one of {@link #listed}
     */
    public Withdrawal withdraw(long rateId) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        // A registration at the place and an import of rates wait for this lock, so the rate is not needed by either.
        dates().lock();
        var found =
                listed().stream().filter(one -> one.id() == rateId).findFirst().map(Listed::rate);
        if (found.isEmpty()) {
            return Withdrawal.GONE;
        }
        var rate = found.get();
        if (!isComing(rate)) {
            return Withdrawal.STARTED;
        }
        if (isNeeded(rateId, rate)) {
            return Withdrawal.NEEDED;
        }
        var isWithdrawn = sql.update(
                        "update tax_rate set withdrawn_at = ?, withdrawn_by = ? where id = ? and withdrawn_at is null",
                        clock.instant(),
                        Actors.require().name(),
                        rateId)
                == 1;
        if (!isWithdrawn) {
            return Withdrawal.GONE;
        }
        audit.record("tax.rate_withdrawn", "tenant", "tax", facts(rate));
        return Withdrawal.DONE;
    }

    /** Whether a registration at the place of a rate would start without a standard rate if there were not this one. */
    private boolean isNeeded(long rateId, Rate rate) {
        return rate.category().equals(TaxRates.STANDARD)
                && sql.one(
                        """
                        select exists (
                          select from tax_registration t
                           where t.country = ?
                             and not exists (select from tax_rate r
                                              where r.place = t.country and r.category = ? and r.withdrawn_at is null and r.id <> ?
                                                and r.from_day <= (t.from_at at time zone ?)::date)) as needed
                        """,
                        row -> row.flag("needed"),
                        rate.place(),
                        TaxRates.STANDARD,
                        rateId,
                        tenants.current().zone().getId());
    }

    private static Map<String, Object> facts(Rate rate) {
        return Map.of(
                "place", rate.place(),
                "category", rate.category(),
                "percent", rate.percent().toPlainString(),
                "from", rate.from());
    }

    /** Sets the rate that applies from a day on, until the next. */
    public Outcome set(Rate rate) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        if (!TaxRateImport.isPlace(rate.place())) {
            return Outcome.COUNTRY;
        }
        if (!TaxRateImport.isCategory(rate.category())) {
            return Outcome.CATEGORY;
        }
        if (!TaxRateImport.isPercent(rate.percent())) {
            return Outcome.PERCENT;
        }
        if (all().stream().map(Key::of).anyMatch(Key.of(rate)::equals)) {
            return Outcome.EXISTS;
        }
        if (!isFree(rate.place(), rate.from())) {
            return Outcome.FROM;
        }
        if (!write(rate)) {
            return Outcome.EXISTS;
        }
        audit.record("tax.rate_added", "tenant", "tax", facts(rate));
        return Outcome.DONE;
    }

    /** Writes a rate, if there is none for that place, category and day. */
    private boolean write(Rate rate) {
        return sql.update(
                        """
                        insert into tax_rate (place, category, percent, parts, from_day, recorded_at, recorded_by)
                        values (?, ?, ?, ?, ?, ?, ?)
                        on conflict (place, category, from_day) where withdrawn_at is null do nothing
                        """,
                        rate.place(),
                        rate.category(),
                        rate.percent(),
                        rate.split().text(),
                        rate.from(),
                        clock.instant(),
                        Actors.require().name())
                == 1;
    }

    /**
     * Imports a table of rates, all of it or nothing. Idempotent.
     *
     * @param text lines such as {@code US-CA;STANDARD;7.25;2026-01-01}, or one for each tax, {@code CA-QC;STANDARD;QST;9.975;2026-01-01}
     */
    public Imported importTable(String text) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        var table = TaxRateImport.of(text);
        var faults = new ArrayList<>(table.faults());
        var fresh = new ArrayList<Rate>();
        // Another import of a table waits for this lock, so changes found here are still changes when they are written.
        dates().lock();
        var before = all().stream().collect(Collectors.toMap(Key::of, rate -> rate));
        for (var row : table.rows()) {
            var rate = new Rate(row.place(), row.category(), row.percent(), row.split(), row.from());
            var known = before.get(Key.of(rate));
            if (known == null && isFree(rate.place(), rate.from())) {
                fresh.add(rate);
            } else if (known == null) {
                faults.add(new TaxRateImport.Fault(row.line(), TaxRateImport.Kind.FROM));
            } else if (known.percent().compareTo(rate.percent()) != 0
                    || !known.split().equals(rate.split())) {
                faults.add(new TaxRateImport.Fault(row.line(), TaxRateImport.Kind.KNOWN));
            }
        }
        if (faults.isEmpty()) {
            for (var rate : fresh) {
                if (!write(rate)) {
                    throw new IllegalStateException("another rate was written concurrently: " + rate);
                }
            }
            if (!fresh.isEmpty()) {
                audit.record("tax.rates_imported", "tenant", "tax", Map.of("rates", fresh.size()));
            }
        }
        return new Imported(
                faults.isEmpty() ? fresh.size() : 0,
                table.rows().size() - fresh.size(),
                faults.stream()
                        .sorted(Comparator.comparing(TaxRateImport.Fault::line))
                        .map(fault -> new Faulty(fault.line(), fault.kind().name()))
                        .toList());
    }

    /** Whether a rate may start on a day; also if nothing was ever taxed at rates of that place, so that no hour has a different one. */
    private boolean isFree(String place, LocalDate from) {
        return dates().isFree(from)
                || !sql.one(
                        "select exists (select from applied_tax where place = ? and treatment = 'TAXED') as taxed",
                        row -> row.flag("taxed"),
                        place);
    }

    private TaxEffectiveDates dates() {
        return new TaxEffectiveDates(sql, clock, tenants);
    }
}
