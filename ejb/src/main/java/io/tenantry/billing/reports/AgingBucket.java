package io.tenantry.billing.reports;

import io.tenantry.kernel.money.Money;
import java.util.UUID;

/**
 * A customer's debt by age, from the time it was charged to the wallet: payments cover the oldest charges first, so the newest ones are unpaid.
 *
 * @param toThirty at most 30 days old
 * @param toSixty 31 to 60 days old
 * @param toNinety 61 to 90 days old
 * @param older more than 90 days old
 */
public record AgingBucket(
        UUID organizationId, String name, Money toThirty, Money toSixty, Money toNinety, Money older) {
    /** Determines the age of a debt from the charges of three periods of 30 days. */
    static AgingBucket of(UUID organizationId, String name, Money owed, Money recent, Money before, Money earlier) {
        var toThirty = owed.min(recent);
        var toSixty = owed.minus(toThirty).min(before);
        var toNinety = owed.minus(toThirty).minus(toSixty).min(earlier);
        return new AgingBucket(
                organizationId,
                name,
                toThirty,
                toSixty,
                toNinety,
                owed.minus(toThirty).minus(toSixty).minus(toNinety));
    }

    /** The total debt. */
    public Money owed() {
        return toThirty.plus(toSixty).plus(toNinety).plus(older);
    }
}
