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
 * What the platform asks of a reseller for a month besides wholesale prices: a percentage of each part of the revenue, amounts for each
 * service and organization that something was charged for, and at least so much in all. Without clock or database.
 *
 * @param tiers by where they begin; without a part of the revenue is free
 * @param perService for each service
 * @param perOrganization for each organization
 * @param minimum what all of them come to at least
 */
public record FeeTerms(Currency currency, List<Tier> tiers, Money perService, Money perOrganization, Money minimum) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal AMOUNT_MAX = new BigDecimal("1000000");

    /** Decimals of a percentage. */
    static final int PERCENT_SCALE = 6;

    /** So many tiers at most. */
    public static final int TIERS_MAX = 10;

    public FeeTerms {
        tiers = List.copyOf(tiers);
    }

    /**
     * What is asked of the part of a month's revenue that is above an amount and not above where the next tier begins.
     *
     * @param percent of it
     */
    public record Tier(Money from, BigDecimal percent) {}

    /**
     * What a month is measured by.
     *
     * @param revenue without tax; below zero if more was given back than taken
     * @param services that something was charged for, each once for the month in which it was
     * @param organizations that something was charged to, likewise
     */
    public record Volume(Money revenue, int services, int organizations) {}

    /** What a fee is for. */
    public enum Kind {
        /** A percentage of a part of the revenue. */
        PERCENT,
        PER_SERVICE,
        PER_ORGANIZATION,
        /** What the others lack of the least. */
        MINIMUM
    }

    /**
     * One fee.
     *
     * @param quantity the part of the revenue, or how many
     * @param rate what is asked of each; of a percentage the hundredth part of it
     */
    public record Fee(Kind kind, BigDecimal quantity, BigDecimal rate, Money amount) {}

    /** What may be wrong with terms. */
    public enum Fault {
        /** An amount is below zero or beyond a million ({@link AmountLimit}), or has more decimals than the books. */
        AMOUNT,
        /** A percentage is not from 0 to 100 with six decimals, or there are too many. */
        PERCENT,
        /** The first tier does not begin at nothing, or one does not begin above the one before. */
        ORDER,
        /** An amount is in another currency. */
        CURRENCY
    }

    /** What is wrong with these terms; nothing if they can be used. */
    public Set<Fault> faults() {
        var faults = EnumSet.noneOf(Fault.class);
        var amounts = new ArrayList<>(List.of(perService, perOrganization, minimum));
        tiers.forEach(tier -> amounts.add(tier.from()));
        for (var amount : amounts) {
            if (!amount.currency().equals(currency)) {
                faults.add(Fault.CURRENCY);
            }
            if (amount.isNegative() || amount.amount().compareTo(AmountLimit.of(AMOUNT_MAX, currency)) > 0) {
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
     * The fees of a month, exact at eight decimals, HALF_UP; of what comes to nothing there is none. Revenue below zero bears no percentage
     * and gives none back.
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

    /** What fees come to. */
    public Money sum(List<Fee> fees) {
        return fees.stream().map(Fee::amount).reduce(Money.zero(currency), Money::plus);
    }
}
