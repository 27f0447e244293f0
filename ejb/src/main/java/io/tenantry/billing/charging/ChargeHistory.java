package io.tenantry.billing.charging;

import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Sql;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;

/** What was charged for the hours that began before an instant, whatever was charged since: what is given back is the difference of two of them. */
public final class ChargeHistory {
    /**
     * A surcharge belongs to the hour before its period; what was charged of a period is the same formula for all of its hours, with the month's cap
     * as it was.
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

    /** Of a service, or of what is rented beside one. */
    public static Money before(Sql sql, UUID rented, Instant at, Currency currency) {
        return sql.one(CHARGED, row -> new Money(row.decimal("amount"), currency), at, rented);
    }
}
