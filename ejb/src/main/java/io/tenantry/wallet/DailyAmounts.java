package io.tenantry.wallet;

import io.tenantry.money.Money;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What was charged on each day of a month and of the month before, in the tenant's time zone.
 *
 * @param today the last day that counts; its month is this month
 * @param amounts only days on which something was charged
 */
public record DailyAmounts(LocalDate today, Currency currency, Map<LocalDate, Money> amounts) {

    /**
     * One day of the month beside the same day of the month before.
     *
     * @param then nothing if the month before has no such day
     */
    public record Day(LocalDate date, Money now, Money then) {}

    public DailyAmounts {
        amounts = Map.copyOf(amounts);
    }

    /** This month. */
    public YearMonth month() {
        return YearMonth.from(today);
    }

    /** The month before. */
    public YearMonth monthBefore() {
        return month().minusMonths(1);
    }

    /** The days of this month, each beside the month before's; days to come have nothing yet. */
    public List<Day> days() {
        var most = Math.max(month().lengthOfMonth(), monthBefore().lengthOfMonth());
        return IntStream.rangeClosed(1, most)
                .filter(month()::isValidDay)
                .mapToObj(day -> new Day(month().atDay(day), on(month(), day), on(monthBefore(), day)))
                .toList();
    }

    /** Charged this month so far. */
    public Money thisMonth() {
        return sum(month());
    }

    /** Charged in the month before up to the same day. */
    public Money monthBeforeToSameDay() {
        return sum(monthBefore());
    }

    private Money sum(YearMonth of) {
        return IntStream.rangeClosed(1, today.getDayOfMonth())
                .mapToObj(day -> on(of, day))
                .reduce(Money.zero(currency), Money::plus);
    }

    private Money on(YearMonth of, int day) {
        return of.isValidDay(day) ? amounts.getOrDefault(of.atDay(day), Money.zero(currency)) : Money.zero(currency);
    }
}
