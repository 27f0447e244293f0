package io.tenantry.dunning;

import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How a wallet stands with what is done about debts. It is in debt when it is further below zero than its credit limit.
 *
 * @param burnPerHour what its services cost an hour
 * @param episodeId of the debt that is open; empty if none is, or nobody has looked since
 * @param since when that debt began
 * @param taken what was done about it so far, the first first
 * @param pause if one is made, also one that is over
 * @param services that run, or are off for that debt
 * @param told of how many hours it was found to last for less, since it was above them
 */
public record DunningCase(
        UUID walletId,
        UUID organizationId,
        String organization,
        Money balance,
        Money creditLimit,
        Money burnPerHour,
        Optional<UUID> episodeId,
        Optional<Instant> since,
        List<StepTaken> taken,
        Optional<DunningPause> pause,
        List<DunningStatus> services,
        List<Integer> told) {
    public DunningCase {
        taken = List.copyOf(taken);
        services = List.copyOf(services);
        told = List.copyOf(told);
    }

    /** The same, with what was done and what it is about. */
    DunningCase with(List<StepTaken> done, List<DunningStatus> concerned) {
        return new DunningCase(
                walletId,
                organizationId,
                organization,
                balance,
                creditLimit,
                burnPerHour,
                episodeId,
                since,
                done,
                pause,
                concerned,
                told);
    }

    /** Whether it is in debt. */
    public boolean isOpen() {
        return missing().isPositive();
    }

    /** What has to come so that it is in debt no more; at or below zero if it is not. */
    public Money missing() {
        return balance.plus(creditLimit).negated();
    }

    /** The same as people pay it: rounded up to what the currency has, since less would not do. */
    public Money toPay() {
        var digits = Math.max(0, balance.currency().getDefaultFractionDigits());
        var rounded = missing().amount().setScale(digits, RoundingMode.CEILING);
        return new Money(rounded, balance.currency());
    }

    /** Whole hours until nothing is left, at the present pace; empty if that is never, or now. */
    public Optional<Integer> runway() {
        return balance.isPositive() && burnPerHour.isPositive()
                ? Optional.of(balance.amount()
                        .divideToIntegralValue(burnPerHour.amount())
                        .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                        .intValue())
                : Optional.empty();
    }

    /** Whether it lasts for less than so many hours, or has nothing left while something runs. */
    boolean isWithin(int hours) {
        return burnPerHour.isPositive()
                && balance.amount().compareTo(burnPerHour.amount().multiply(BigDecimal.valueOf(hours))) < 0;
    }

    /** The pause that holds at that time. */
    public Optional<DunningPause> pauseAt(Instant now) {
        return pause.filter(one -> one.until().isAfter(now));
    }

    /** When it is in debt, at the present pace; empty if it never will be. */
    public Optional<Instant> begins(Instant now) {
        if (isOpen()) {
            return Optional.of(since.orElse(now));
        }
        if (!burnPerHour.isPositive()) {
            return Optional.empty();
        }
        var hours = missing().negated().amount().divideToIntegralValue(burnPerHour.amount());
        return Optional.of(now.plus(Duration.ofHours(hours.longValue() + 1)));
    }

    /** How the debt goes, as it is or as it is expected; empty if there never will be one. */
    public Optional<DunningTimeline> course(Instant now) {
        return begins(now)
                .map(begun -> new DunningTimeline(
                        begun, isOpen() ? taken : List.of(), pause.map(DunningPause::until), services));
    }
}
