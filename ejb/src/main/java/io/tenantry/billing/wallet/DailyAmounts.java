package io.tenantry.billing.wallet;

import io.tenantry.kernel.money.Money;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Amounts charged on each day of a month and of the previous month, in the tenant's time zone.
 *
 * @param today the last day that counts; its month is this month
 * @param amounts charged for the day, less refunds for it: the basis of the documents of the two months; contains only days with such amounts
 * @param corrections of previously issued documents, by credit notes, debit notes and tax changes, on the day on which they were made; negative
 *     for refunds; contains only days with such corrections
 */
public record DailyAmounts(
        LocalDate today, Currency currency, Map<LocalDate, Money> amounts, Map<LocalDate, Money> corrections) {

    /**
     * One day of the month beside the same day of the previous month.
     *
     * @param now charged for this day
     * @param then charged for the same day of the previous month; zero if it has no such day
     * @param correction of earlier documents, made on this day
     */
    public record Day(LocalDate date, Money now, Money then, Money correction) {}

    public DailyAmounts {
        amounts = Map.copyOf(amounts);
        corrections = Map.copyOf(corrections);
    }

    /** Returns a copy in which each day's corrections are part of its amount, as revenue is counted. */
    public DailyAmounts net() {
        var net = new HashMap<>(amounts);
        corrections.forEach((day, correction) -> net.merge(day, correction, Money::plus));
        return new DailyAmounts(today, currency, net, Map.of());
    }

    /** Returns this month. */
    public YearMonth month() {
        return YearMonth.from(today);
    }

    /** Returns the previous month. */
    public YearMonth monthBefore() {
        return month().minusMonths(1);
    }

    /** Returns the days of this month, each beside that of the previous month; future days have zero amounts. */
    public List<Day> days() {
        var most = Math.max(month().lengthOfMonth(), monthBefore().lengthOfMonth());
        return IntStream.rangeClosed(1, most)
                .filter(month()::isValidDay)
                .mapToObj(day -> new Day(
                        month().atDay(day),
                        on(amounts, month(), day),
                        on(amounts, monthBefore(), day),
                        on(corrections, month(), day)))
                .toList();
    }

    /** The amount charged this month so far, without corrections of earlier documents. */
    public Money thisMonth() {
        return sum(amounts, month());
    }

    /** The amount charged in the previous month up to the same day, without corrections. */
    public Money monthBeforeToSameDay() {
        return sum(amounts, monthBefore());
    }

    /** Corrections of earlier documents that were made this month; negative for refunds. */
    public Money corrected() {
        return sum(corrections, month());
    }

    private Money sum(Map<LocalDate, Money> of, YearMonth in) {
        return IntStream.rangeClosed(1, today.getDayOfMonth())
                .mapToObj(day -> on(of, in, day))
                .reduce(Money.zero(currency), Money::plus);
    }

    private Money on(Map<LocalDate, Money> of, YearMonth in, int day) {
        return in.isValidDay(day) ? of.getOrDefault(in.atDay(day), Money.zero(currency)) : Money.zero(currency);
    }
}
