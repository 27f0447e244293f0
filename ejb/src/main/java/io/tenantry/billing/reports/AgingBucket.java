package io.tenantry.billing.reports;

import io.tenantry.kernel.money.Money;
import java.util.UUID;

/**
 * What a customer owes, by how long ago it was taken from the wallet: whatever came in paid what was oldest, so the newest is what is owed.
 *
 * @param toThirty not longer ago than 30 days
 * @param toSixty 31 to 60 days ago
 * @param toNinety 61 to 90 days ago
 * @param older earlier
 */
public record AgingBucket(
        UUID organizationId, String name, Money toThirty, Money toSixty, Money toNinety, Money older) {
    /** How old a debt is, from what was taken in each of three times of 30 days. */
    static AgingBucket of(UUID organizationId, String name, Money owed, Money lately, Money before, Money earlier) {
        var toThirty = owed.min(lately);
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

    /** All that is owed. */
    public Money owed() {
        return toThirty.plus(toSixty).plus(toNinety).plus(older);
    }
}
