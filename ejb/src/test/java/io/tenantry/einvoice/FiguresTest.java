package io.tenantry.einvoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.einvoice.EInvoice.Kind;
import io.tenantry.money.Cents;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Amounts of two decimals that agree with each other and with the document. */
class FiguresTest {
    private static final BigDecimal CENT = new BigDecimal("0.01");

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsASumIsOneToTheLastCent(long seed) {
        var it = SomeInvoices.bySeed(seed);

        var figures = Figures.of(it);

        assertThat(sum(figures.lines().stream().map(Figures.LineFigure::net))).isEqualByComparingTo(figures.net());
        assertThat(sum(figures.parts().stream().map(Figures.Part::base))).isEqualByComparingTo(figures.net());
        assertThat(sum(figures.parts().stream().map(Figures.Part::tax))).isEqualByComparingTo(figures.tax());
        assertThat(figures.net().add(figures.tax())).isEqualByComparingTo(figures.total());
        assertThat(figures.total()).isEqualByComparingTo(signed(it, it.total()));
        assertThat(figures.paid().add(figures.due())).isEqualByComparingTo(figures.total());
        for (var part : figures.parts()) {
            assertThat(sum(figures.lines().stream()
                            .filter(line -> line.category() == part.category())
                            .filter(line -> line.line().way().percent().compareTo(part.percent()) == 0)
                            .map(Figures.LineFigure::net)))
                    .isEqualByComparingTo(part.base());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noAmountIsACentFromWhatItIs(long seed) {
        var it = SomeInvoices.bySeed(seed);

        var figures = Figures.of(it);

        for (var figure : figures.lines()) {
            var exact = signed(it, figure.line().net());
            assertThat(figure.net().subtract(exact).abs()).isLessThan(CENT);
            var reckoned = figure.quantity()
                    .multiply(figure.price())
                    .subtract(figure.allowance())
                    .add(figure.charge());
            assertThat(figure.net().subtract(reckoned).abs()).isLessThan(new BigDecimal("0.02"));
            assertThat(figure.price()).isNotNegative();
        }
        for (var part : figures.parts()) {
            var reckoned = part.base().multiply(part.percent()).movePointLeft(2).setScale(2, RoundingMode.HALF_UP);
            assertThat(part.tax().subtract(reckoned).abs()).isLessThanOrEqualTo(CENT);
        }
    }

    @Test
    void aMonthThatCostsNoMoreIsAnAllowance() {
        var figures = Figures.of(SomeInvoices.of(
                Kind.INVOICE,
                SomeInvoices.PAID,
                "",
                List.of(SomeInvoices.hours(1, "744", "0.05", "30"), SomeInvoices.hours(2, "10", "0.05", "0.75"))));

        assertThat(figures.lines().get(0).allowance()).isEqualByComparingTo("7.20");
        assertThat(figures.lines().get(0).charge()).isZero();
        assertThat(figures.lines().get(1).allowance()).isZero();
        assertThat(figures.lines().get(1).charge()).isEqualByComparingTo("0.25");
    }

    @Test
    void whatACreditNoteGivesBackIsAboveZero() {
        var figures = Figures.of(SomeInvoices.of(
                Kind.CREDIT_NOTE, SomeInvoices.PAID, "", List.of(SomeInvoices.hours(1, "1", "-12.5", "-12.5"))));

        assertThat(figures.net()).isEqualByComparingTo("12.50");
        assertThat(figures.tax()).isEqualByComparingTo("2.38");
        assertThat(figures.total()).isEqualByComparingTo("14.88");
        assertThat(figures.lines().get(0).quantity()).isEqualByComparingTo("1");
        assertThat(figures.lines().get(0).price()).isEqualByComparingTo("12.5");
    }

    @Test
    void whatAnInvoiceGivesBackHasAQuantityBelowZero() {
        var figures = Figures.of(SomeInvoices.of(
                Kind.INVOICE,
                SomeInvoices.PAID,
                "",
                List.of(SomeInvoices.hours(1, "10", "1", "10"), SomeInvoices.hours(2, "1", "-2", "-2"))));

        assertThat(figures.lines().get(1).quantity()).isEqualByComparingTo("-1");
        assertThat(figures.lines().get(1).price()).isEqualByComparingTo("2");
        assertThat(figures.net()).isEqualByComparingTo("8.00");
    }

    @ParameterizedTest
    @CsvSource({
        "0.005;0.005, 0.01, 0.01;0.00",
        "0.004;0.006;0.99, 1.00, 0.00;0.01;0.99",
        "-0.004;1.004, 1.00, 0.00;1.00",
        "1;2;3, 6.00, 1.00;2.00;3.00",
        "10.333;10.333;10.334, 31.00, 10.33;10.33;10.34"
    })
    void sharesWhatIsMissingAmongThoseThatLostMost(String exact, String sum, String shared) {
        assertThat(Cents.shared(amounts(exact), new BigDecimal(sum), 2)).isEqualTo(amounts(shared));
    }

    @Test
    void refusesASumThatIsAnother() {
        assertThatThrownBy(() -> Cents.shared(amounts("1;2"), new BigDecimal("3.50"), 2))
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
