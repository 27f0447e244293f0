package io.tenantry.billing.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.kernel.money.Money;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DailyAmountsTest {
    private static final LocalDate TENTH_OF_MARCH = LocalDate.of(2026, 3, 10);

    /** One euro on the 10th, two on the 11th of both months, and four of February's last day. */
    private static final DailyAmounts MARCH = new DailyAmounts(
            TENTH_OF_MARCH,
            Currency.getInstance("EUR"),
            Map.of(
                    TENTH_OF_MARCH,
                    eur("1"),
                    LocalDate.of(2026, 3, 11),
                    eur("2"),
                    LocalDate.of(2026, 2, 1),
                    eur("0.5"),
                    LocalDate.of(2026, 2, 10),
                    eur("1"),
                    LocalDate.of(2026, 2, 11),
                    eur("2"),
                    LocalDate.of(2026, 2, 28),
                    eur("4")),
            Map.of(
                    LocalDate.of(2026, 3, 8),
                    eur("-6"),
                    TENTH_OF_MARCH,
                    eur("0.25"),
                    LocalDate.of(2026, 2, 2),
                    eur("-3")));

    @Test
    void namesThisAndThePreviousMonth() {
        assertThat(MARCH.month()).isEqualTo(YearMonth.of(2026, 3));
        assertThat(MARCH.monthBefore()).isEqualTo(YearMonth.of(2026, 2));
    }

    @Test
    void sumsBothMonthsUpToToday() {
        assertThat(MARCH.thisMonth()).isEqualTo(eur("1"));
        assertThat(MARCH.monthBeforeToSameDay()).isEqualTo(eur("1.5"));
    }

    @Test
    void sumsAllOfAShorterPreviousMonth() {
        var end = new DailyAmounts(LocalDate.of(2026, 3, 31), MARCH.currency(), MARCH.amounts(), MARCH.corrections());
        assertThat(end.thisMonth()).isEqualTo(eur("3"));
        assertThat(end.monthBeforeToSameDay()).isEqualTo(eur("7.5"));
    }

    @Test
    void keepsCorrectionsOfEarlierDocumentsApart() {
        assertThat(MARCH.corrected()).isEqualTo(eur("-5.75"));
        assertThat(MARCH.days().get(7))
                .isEqualTo(new DailyAmounts.Day(LocalDate.of(2026, 3, 8), eur("0"), eur("0"), eur("-6")));
    }

    @Test
    void includesCorrectionsInRevenue() {
        assertThat(MARCH.net().thisMonth()).isEqualTo(eur("-4.75"));
        assertThat(MARCH.net().monthBeforeToSameDay()).isEqualTo(eur("-1.5"));
        assertThat(MARCH.net().corrected()).isEqualTo(eur("0"));
    }

    @Test
    void comparesEachDayWithThePreviousMonth() {
        var days = MARCH.days();

        assertThat(days).hasSize(31);
        assertThat(days.get(0))
                .isEqualTo(new DailyAmounts.Day(LocalDate.of(2026, 3, 1), eur("0"), eur("0.5"), eur("0")));
        assertThat(days.get(10))
                .isEqualTo(new DailyAmounts.Day(LocalDate.of(2026, 3, 11), eur("2"), eur("2"), eur("0")));
        assertThat(days.get(27))
                .isEqualTo(new DailyAmounts.Day(LocalDate.of(2026, 3, 28), eur("0"), eur("4"), eur("0")));
        assertThat(days.get(30))
                .isEqualTo(new DailyAmounts.Day(LocalDate.of(2026, 3, 31), eur("0"), eur("0"), eur("0")));
    }

    @ParameterizedTest
    @CsvSource({"2026-02-15, 28", "2028-02-15, 29", "2026-04-15, 30", "2026-01-15, 31"})
    void listsTheDaysOfThisMonthRegardlessOfThePreviousMonth(LocalDate today, int days) {
        assertThat(new DailyAmounts(today, MARCH.currency(), Map.of(), Map.of()).days())
                .hasSize(days);
    }

    @Test
    void copiesTheAmounts() {
        var amounts = new HashMap<>(MARCH.amounts());
        var kept = new DailyAmounts(TENTH_OF_MARCH, MARCH.currency(), amounts, Map.of());

        amounts.clear();

        assertThat(kept.thisMonth()).isEqualTo(eur("1"));
    }

    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }
}
