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
 * Dunning state of a wallet. It is in debt when its balance is below its credit limit.
 *
 * @param burnPerHour hourly cost of its services
 * @param episodeId of the open debt; empty if there is none, or it has not been recorded yet
 * @param since the start of that debt
 * @param taken the steps taken for it so far, earliest first
 * @param pause if one was set, even if it is over
 * @param services that are running, or suspended for that debt
 * @param remindedHours the reminder hours below which its runway was found, since it last exceeded them
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
        List<Integer> remindedHours) {
    public DunningCase {
        taken = List.copyOf(taken);
        services = List.copyOf(services);
        remindedHours = List.copyOf(remindedHours);
    }

    /** Returns a copy with the steps taken and the services concerned. */
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
                remindedHours);
    }

    /** Whether it is in debt. */
    public boolean isOpen() {
        return missing().isPositive();
    }

    /** The amount required to end the debt; zero or negative if there is none. */
    public Money missing() {
        return balance.plus(creditLimit).negated();
    }

    /** The same as a payable amount: rounded up to the decimals of the currency, because less would not suffice. */
    public Money toPay() {
        var digits = Math.max(0, balance.currency().getDefaultFractionDigits());
        var rounded = missing().amount().setScale(digits, RoundingMode.CEILING);
        return new Money(rounded, balance.currency());
    }

    /** Full hours until the balance is used up, at the current hourly cost; empty if that is never, or already the case. */
    public Optional<Integer> runway() {
        return balance.isPositive() && burnPerHour.isPositive()
                ? Optional.of(balance.amount()
                        .divideToIntegralValue(burnPerHour.amount())
                        .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                        .intValue())
                : Optional.empty();
    }

    /** Whether the runway is shorter than that many hours, or the balance is used up while services are running. */
    boolean isWithin(int hours) {
        return burnPerHour.isPositive()
                && balance.amount().compareTo(burnPerHour.amount().multiply(BigDecimal.valueOf(hours))) < 0;
    }

    /** Returns the pause that is active at that time. */
    public Optional<DunningPause> pauseAt(Instant now) {
        return pause.filter(one -> one.until().isAfter(now));
    }

    /** Returns when it is in debt, at the current hourly cost; empty if it never will be. */
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

    /** Returns the timeline of the debt, actual or expected; empty if there will never be one. */
    public Optional<DunningTimeline> timeline(Instant now) {
        return begins(now)
                .map(started -> new DunningTimeline(
                        started, isOpen() ? taken : List.of(), pause.map(DunningPause::until), services));
    }
}
