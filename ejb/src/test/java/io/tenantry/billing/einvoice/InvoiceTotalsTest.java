package io.tenantry.billing.einvoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.einvoice.EInvoice.Kind;
import io.tenantry.kernel.money.RoundingAllocator;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Amounts of two decimals that are consistent with each other and with the document. */
class InvoiceTotalsTest {
    private static final BigDecimal CENT = new BigDecimal("0.01");

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void roundedLinesAddUpToTheTotal(long seed) {
        var it = SampleInvoices.bySeed(seed);

        var invoiceTotals = InvoiceTotals.of(it);

        assertThat(sum(invoiceTotals.lines().stream().map(InvoiceTotals.LineFigure::net)))
                .isEqualByComparingTo(invoiceTotals.net());
        assertThat(sum(invoiceTotals.parts().stream().map(InvoiceTotals.Part::base)))
                .isEqualByComparingTo(invoiceTotals.net());
        assertThat(sum(invoiceTotals.parts().stream().map(InvoiceTotals.Part::tax)))
                .isEqualByComparingTo(invoiceTotals.tax());
        assertThat(invoiceTotals.net().add(invoiceTotals.tax())).isEqualByComparingTo(invoiceTotals.total());
        assertThat(invoiceTotals.total()).isEqualByComparingTo(signed(it, it.total()));
        assertThat(invoiceTotals.paid().add(invoiceTotals.due())).isEqualByComparingTo(invoiceTotals.total());
        for (var part : invoiceTotals.parts()) {
            assertThat(sum(invoiceTotals.lines().stream()
                            .filter(line -> line.category() == part.category())
                            .filter(line -> line.line().way().percent().compareTo(part.percent()) == 0)
                            .map(InvoiceTotals.LineFigure::net)))
                    .isEqualByComparingTo(part.base());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void roundsEachAmountByLessThanACent(long seed) {
        var it = SampleInvoices.bySeed(seed);

        var invoiceTotals = InvoiceTotals.of(it);

        for (var figure : invoiceTotals.lines()) {
            var exact = signed(it, figure.line().net());
            assertThat(figure.net().subtract(exact).abs()).isLessThan(CENT);
            var billedPeriods = figure.quantity()
                    .multiply(figure.price())
                    .subtract(figure.allowance())
                    .add(figure.charge());
            assertThat(figure.net().subtract(billedPeriods).abs()).isLessThan(new BigDecimal("0.02"));
            assertThat(figure.price()).isNotNegative();
        }
        for (var part : invoiceTotals.parts()) {
            var billedPeriods =
                    part.base().multiply(part.percent()).movePointLeft(2).setScale(2, RoundingMode.HALF_UP);
            assertThat(part.tax().subtract(billedPeriods).abs()).isLessThanOrEqualTo(CENT);
        }
    }

    @Test
    void writesTheMonthlyCapAsAnAllowance() {
        var invoiceTotals = InvoiceTotals.of(SampleInvoices.of(
                Kind.INVOICE,
                SampleInvoices.PAID,
                "",
                List.of(SampleInvoices.hours(1, "744", "0.05", "30"), SampleInvoices.hours(2, "10", "0.05", "0.75"))));

        assertThat(invoiceTotals.lines().get(0).allowance()).isEqualByComparingTo("7.20");
        assertThat(invoiceTotals.lines().get(0).charge()).isZero();
        assertThat(invoiceTotals.lines().get(1).allowance()).isZero();
        assertThat(invoiceTotals.lines().get(1).charge()).isEqualByComparingTo("0.25");
    }

    @Test
    void writesCreditedAmountsAsPositive() {
        var invoiceTotals = InvoiceTotals.of(SampleInvoices.of(
                Kind.CREDIT_NOTE, SampleInvoices.PAID, "", List.of(SampleInvoices.hours(1, "1", "-12.5", "-12.5"))));

        assertThat(invoiceTotals.net()).isEqualByComparingTo("12.50");
        assertThat(invoiceTotals.tax()).isEqualByComparingTo("2.38");
        assertThat(invoiceTotals.total()).isEqualByComparingTo("14.88");
        assertThat(invoiceTotals.lines().get(0).quantity()).isEqualByComparingTo("1");
        assertThat(invoiceTotals.lines().get(0).price()).isEqualByComparingTo("12.5");
    }

    @Test
    void writesCreditLinesOfAnInvoiceWithNegativeQuantity() {
        var invoiceTotals = InvoiceTotals.of(SampleInvoices.of(
                Kind.INVOICE,
                SampleInvoices.PAID,
                "",
                List.of(SampleInvoices.hours(1, "10", "1", "10"), SampleInvoices.hours(2, "1", "-2", "-2"))));

        assertThat(invoiceTotals.lines().get(1).quantity()).isEqualByComparingTo("-1");
        assertThat(invoiceTotals.lines().get(1).price()).isEqualByComparingTo("2");
        assertThat(invoiceTotals.net()).isEqualByComparingTo("8.00");
    }

    @ParameterizedTest
    @CsvSource({
        "0.005;0.005, 0.01, 0.01;0.00",
        "0.004;0.006;0.99, 1.00, 0.00;0.01;0.99",
        "-0.004;1.004, 1.00, 0.00;1.00",
        "1;2;3, 6.00, 1.00;2.00;3.00",
        "10.333;10.333;10.334, 31.00, 10.33;10.33;10.34"
    })
    void distributesTheRemainderToTheLargestRoundingLosses(String exact, String sum, String shared) {
        assertThat(RoundingAllocator.shared(amounts(exact), new BigDecimal(sum), 2))
                .isEqualTo(amounts(shared));
    }

    @Test
    void refusesADifferentTotal() {
        assertThatThrownBy(() -> RoundingAllocator.shared(amounts("1;2"), new BigDecimal("3.50"), 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<BigDecimal> amounts(String text) {
        return Stream.of(text.split(";")).map(BigDecimal::new).toList();
    }

    private static BigDecimal signed(EInvoice it, BigDecimal amount) {
        return it.kind() == Kind.CREDIT_NOTE ? amount.negate() : amount;
    }

    private static BigDecimal sum(Stream<BigDecimal> amounts) {
        return amounts.reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
