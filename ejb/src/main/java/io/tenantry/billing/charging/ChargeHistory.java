package io.tenantry.billing.charging;

import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Sql;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;

/**
 * Returns the amount charged for hours that started before an instant, regardless of later charges: a refund is the difference of two such
 * amounts.
 */
public final class ChargeHistory {
    /**
     * A surcharge belongs to the hour before its period; the same formula applies to all hours of a period, with the month's cap as it was.
     */
    private static final String CHARGED = """
            select coalesce(sum(least(p.cap,
                       case when p.starts_at - interval '1 hour' < t.at then p.surcharge else 0 end
                       + least(p.hours, started_hours(p.starts_at, t.at)) * p.hourly)), 0) as amount
              from rated_period p
             cross join (select ?::timestamptz as at) t
             where p.service_id = ?
            """;

    private ChargeHistory() {}

    /** Returns the amount for a service or an add-on. */
    public static Money before(Sql sql, UUID rented, Instant at, Currency currency) {
        return sql.one(CHARGED, row -> new Money(row.decimal("amount"), currency), at, rented);
    }
}
