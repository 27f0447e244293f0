package io.tenantry.billing.tax;

import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;

/** The days from which a tax setting may apply: nothing that was charged gets a different tax. */
final class TaxEffectiveDates {
    private final Sql sql;
    private final Clock clock;
    private final TenantDirectory tenants;

    TaxEffectiveDates(Sql sql, Clock clock, TenantDirectory tenants) {
        this.sql = sql;
        this.clock = clock;
        this.tenants = tenants;
    }

    /** Locks the rates and registrations until the transaction ends, so that neither changes while the other is checked. */
    void lock() {
        sql.one("select 1 as one from (select lock_invoice_policy()) l", row -> row.whole("one"));
    }

    /** Returns the start of a day in the tenant's time zone. */
    Instant startOf(LocalDate day) {
        return day.atStartOfDay(tenants.current().zone()).toInstant();
    }

    /**
     * Whether nothing that starts on a day has been charged yet: open rated periods follow the rules at the start of each month; if none is
     * open and none was charged after the day, any day is possible.
     */
    boolean isFree(LocalDate from) {
        var at = startOf(from);
        if (from.getDayOfMonth() == 1 && at.isAfter(clock.instant())) {
            return true;
        }
        return !sql.one(
                "select exists (select from rated_period where open or charged_until > ?) as charged",
                row -> row.flag("charged"),
                at);
    }
}
