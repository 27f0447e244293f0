package io.tenantry.settlement;

import io.tenantry.kernel.money.AmountLimit;
import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The platform's monthly fees for a reseller in addition to wholesale prices: a percentage of each tier of the revenue, amounts for each
 * service and organization that was charged, and a minimum. Without clock or database.
 *
 * @param tiers by their lower bound; without any, revenue bears no fee
 * @param perService for each service
 * @param perOrganization for each organization
 * @param minimum the least that all of them add up to
 */
public record FeeTerms(Currency currency, List<Tier> tiers, Money perService, Money perOrganization, Money minimum) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal AMOUNT_MAX = new BigDecimal("1000000");

    /** The scale of a percentage. */
    static final int PERCENT_SCALE = 6;

    /** The maximum number of tiers. */
    public static final int TIERS_MAX = 10;

    public FeeTerms {
        tiers = List.copyOf(tiers);
    }

    /**
     * The percentage of the part of a month's revenue above an amount, up to the start of the next tier.
     *
     * @param percent of that part
     */
    public record Tier(Money from, BigDecimal percent) {}

    /**
     * The figures on which fees of a month are based.
     *
     * @param revenue without tax; below zero if refunds exceed charges
     * @param services the number of charged services, each counted once for the month in which it was charged
     * @param organizations the number of charged organizations, likewise
     */
    public record Volume(Money revenue, int services, int organizations) {}

    /** The kinds of fees. */
    public enum Kind {
        /** A percentage of a part of the revenue. */
        PERCENT,
        PER_SERVICE,
        PER_ORGANIZATION,
        /** The difference to the minimum. */
        MINIMUM
    }

    /**
     * One fee.
     *
     * @param quantity the part of the revenue, or the number of units
     * @param rate the fee for each unit; for a percentage, its hundredth part
     */
    public record Fee(Kind kind, BigDecimal quantity, BigDecimal rate, Money amount) {}

    /** The faults that terms may have. */
    public enum Fault {
        /** An amount is below zero or above a million ({@link AmountLimit}), or has more decimals than the ledger. */
        AMOUNT,
        /** A percentage is not from 0 to 100 with six decimals, or there are too many tiers. */
        PERCENT,
        /** The first tier does not start at zero, or one does not start above the previous one. */
        ORDER,
        /** An amount is in another currency. */
        CURRENCY
    }

    /** Returns the maximum of an amount of terms in a currency. */
    public static Money maximum(Currency currency) {
        return new Money(AmountLimit.of(AMOUNT_MAX, currency), currency);
    }

    /** Returns the faults of these terms; empty if they can be used. */
    public Set<Fault> faults() {
        var faults = EnumSet.noneOf(Fault.class);
        var amounts = new ArrayList<>(List.of(perService, perOrganization, minimum));
        tiers.forEach(tier -> amounts.add(tier.from()));
        for (var amount : amounts) {
            if (!amount.currency().equals(currency)) {
                faults.add(Fault.CURRENCY);
            }
            if (amount.isNegative()
                    || amount.amount().compareTo(maximum(currency).amount()) > 0) {
                faults.add(Fault.AMOUNT);
            }
        }
        if (tiers.size() > TIERS_MAX || !tiers.stream().allMatch(FeeTerms::isPercentage)) {
            faults.add(Fault.PERCENT);
        }
        if (!isInOrder()) {
            faults.add(Fault.ORDER);
        }
        return faults;
    }

    private static boolean isPercentage(Tier tier) {
        var percent = tier.percent();
        return percent.signum() >= 0
                && percent.compareTo(HUNDRED) <= 0
                && percent.stripTrailingZeros().scale() <= PERCENT_SCALE;
    }

    private boolean isInOrder() {
        for (var i = 0; i < tiers.size(); i++) {
            var from = tiers.get(i).from().amount();
            var isRight = i == 0
                    ? from.signum() == 0
                    : from.compareTo(tiers.get(i - 1).from().amount()) > 0;
            if (!isRight) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the fees of a month, exact at eight decimals, HALF_UP; fees of zero are omitted. Negative revenue bears no percentage and causes
     * no refund.
     *
     * @throws IllegalArgumentException if the month is in another currency
     */
    public List<Fee> of(Volume volume) {
        if (!volume.revenue().currency().equals(currency)) {
            throw new IllegalArgumentException("terms in " + currency + " for revenue in "
                    + volume.revenue().currency());
        }
        var fees = new ArrayList<Fee>();
        for (var i = 0; i < tiers.size(); i++) {
            percentage(i, volume.revenue(), fees);
        }
        count(Kind.PER_SERVICE, volume.services(), perService, fees);
        count(Kind.PER_ORGANIZATION, volume.organizations(), perOrganization, fees);
        var missing = minimum.minus(sum(fees));
        if (missing.isPositive()) {
            fees.add(new Fee(Kind.MINIMUM, BigDecimal.ONE, minimum.amount(), missing));
        }
        return List.copyOf(fees);
    }

    private void percentage(int index, Money revenue, List<Fee> fees) {
        var tier = tiers.get(index);
        var upper = index + 1 < tiers.size() ? revenue.min(tiers.get(index + 1).from()) : revenue;
        var part = upper.minus(tier.from());
        var rate = tier.percent().movePointLeft(2);
        if (part.isPositive() && rate.signum() > 0) {
            var amount = part.amount().multiply(rate).setScale(Money.SCALE, RoundingMode.HALF_UP);
            fees.add(new Fee(Kind.PERCENT, part.amount(), rate, new Money(amount, currency)));
        }
    }

    private static void count(Kind kind, int count, Money each, List<Fee> fees) {
        if (count > 0 && each.isPositive()) {
            fees.add(new Fee(kind, BigDecimal.valueOf(count), each.amount(), each.times(count)));
        }
    }

    /** Returns the sum of the fees. */
    public Money sum(List<Fee> fees) {
        return fees.stream().map(Fee::amount).reduce(Money.zero(currency), Money::plus);
    }
}
