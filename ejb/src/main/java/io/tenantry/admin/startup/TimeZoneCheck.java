package io.tenantry.admin.startup;

import io.tenantry.kernel.time.BillingMonth;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compares the time zone data of Java and PostgreSQL, which are updated independently. Where they differ, a month starts at different times for
 * charges and for documents; each charge is still on the document of its month.
 */
@Stateless
public class TimeZoneCheck {
    /** The months compared, from the current one on. */
    private static final int MONTHS = 14;

    private static final String MONTH_STARTS = """
            select z.zone, m.day, (m.day::timestamp at time zone z.zone) as at
              from unnest(?::text[]) z (zone)
             cross join unnest(?::text[]::date[]) m (day)
             order by z.zone, m.day
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public TimeZoneCheck() {}

    /** For use outside a container. */
    TimeZoneCheck(Sql sql, Clock clock, TenantDirectory tenants) {
        this.sql = sql;
        this.clock = clock;
        this.tenants = tenants;
    }

    /** The start of a month by PostgreSQL's data. */
    record MonthStart(ZoneId zone, YearMonth month, Instant at) {
        /** Returns the start by Java's data. */
        Instant byJava() {
            return new BillingMonth(month, zone).from();
        }

        boolean isSame() {
            return at.equals(byJava());
        }

        @Override
        public String toString() {
            return zone + " " + month + " starts at " + byJava() + " by Java, at " + at + " by PostgreSQL";
        }
    }

    /** Returns the starts of coming months in resellers' time zones that differ, by zone and month. */
    public List<MonthStart> differences() {
        return starts().stream().filter(start -> !start.isSame()).toList();
    }

    private List<MonthStart> starts() {
        var zones = tenants.chargeable().stream()
                .map(Tenant::zone)
                .map(ZoneId::getId)
                .distinct()
                .toArray(String[]::new);
        var months = Stream.iterate(
                        YearMonth.from(clock.instant().atZone(ZoneOffset.UTC)), month -> month.plusMonths(1))
                .limit(MONTHS)
                .map(month -> month.atDay(1).toString())
                .toArray(String[]::new);
        return Tenancy.in(
                Scope.PLATFORM,
                () -> sql.query(
                        MONTH_STARTS,
                        row -> new MonthStart(
                                ZoneId.of(row.text("zone")), YearMonth.from(row.date("day")), row.instant("at")),
                        zones,
                        months));
    }
}
