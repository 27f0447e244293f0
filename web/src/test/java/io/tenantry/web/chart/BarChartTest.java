package io.tenantry.web.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarChartTest {
    @Test
    void scalesToTheLargestValueOfBothPeriods() {
        var barChart =
                BarChart.of(List.of(value("Mon", "5", "10"), value("Tue", "2.5", "0")), BigDecimal::toPlainString);
        assertThat(barChart.most()).isEqualTo("10");
        assertThat(barChart.bars().get(0).nowColumn().height()).isEqualByComparingTo("50");
        assertThat(barChart.bars().get(0).thenColumn().height()).isEqualByComparingTo("100");
        assertThat(barChart.bars().get(1).nowColumn().height()).isEqualByComparingTo("25");
    }

    @Test
    void drawsNoBarsWhenAllValuesAreZero() {
        var barChart = BarChart.of(List.of(value("Mon", "0", "0")), BigDecimal::toPlainString);
        assertThat(barChart.most()).isEmpty();
        assertThat(barChart.bars().get(0).nowColumn().height()).isZero();
    }

    @Test
    void drawsNegativeValuesBelowZeroLine() {
        var barChart =
                BarChart.of(List.of(value("Mon", "30", "0"), value("Tue", "-10", "-5")), BigDecimal::toPlainString);

        assertThat(barChart.most()).isEqualTo("30");
        assertThat(barChart.least()).isEqualTo("-10");
        assertThat(barChart.zeroAt()).isEqualByComparingTo("75");
        assertColumn(barChart.bars().get(0).nowColumn(), "0", "75");
        assertColumn(barChart.bars().get(1).nowColumn(), "75", "25");
        assertColumn(barChart.bars().get(1).thenColumn(), "75", "12.5");
        assertThat(barChart.isCompared()).isTrue();
    }

    @Test
    void drawsCreditsBelowCharges() {
        var barChart =
                BarChart.of(List.of(value("Mon", "8", "0"), credited("Tue", "2", "-8")), BigDecimal::toPlainString);

        assertThat(barChart.zeroAt()).isEqualByComparingTo("50");
        assertColumn(barChart.bars().get(1).nowColumn(), "37.5", "12.5");
        assertColumn(barChart.bars().get(1).creditedColumn(), "50", "50");
        assertThat(barChart.bars().get(1).title()).isEqualTo("Tue: 2, -8");
        assertThat(barChart.bars().get(0).title()).isEqualTo("Mon: 8");
        assertThat(barChart.isCrediting()).isTrue();
    }

    @Test
    void stacksCreditsBelowNegativeValue() {
        var barChart = BarChart.of(List.of(credited("Mon", "-6", "-4")), BigDecimal::toPlainString);

        assertThat(barChart.least()).isEqualTo("-10");
        assertColumn(barChart.bars().get(0).nowColumn(), "0", "60");
        assertColumn(barChart.bars().get(0).creditedColumn(), "60", "40");
    }

    @Test
    void drawsNoBarForMissingValue() {
        var barChart = BarChart.of(
                List.of(value("Mon", "5", "0"), BarChart.Value.missing("Tue", "No data")), BigDecimal::toPlainString);

        assertThat(barChart.bars().get(1).isEmpty()).isTrue();
        assertThat(barChart.bars().get(1).title()).isEqualTo("Tue: No data");
        assertThat(barChart.isBelowZero()).isFalse();
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @CsvSource({
        "0, 0, 0",
        "1, 0, 0",
        "-1, 0, 0",
        "123456789012345678.12345678, 0.00000001, 0",
        "-123456789012345678.12345678, 99999999999999999999, -0.00000001",
        "0, -5, -5",
        "0.00000001, 0, -99999999999999999999"
    })
    void staysWithinThePlot(String now, String then, String credited) {
        var value =
                new BarChart.Value("Mon", new BigDecimal(now), new BigDecimal(then), new BigDecimal(credited), "", "");

        for (var barChart : List.of(
                BarChart.of(List.of(value), BigDecimal::toPlainString),
                BarChart.of(List.of(value, value("Tue", "1", "0")), BigDecimal::toPlainString))) {
            for (var bar : barChart.bars()) {
                for (var column : List.of(bar.nowColumn(), bar.thenColumn(), bar.creditedColumn())) {
                    assertThat(column.height()).isNotNegative();
                    assertThat(column.top()).isNotNegative();
                    assertThat(column.top().add(column.height())).isLessThanOrEqualTo(new BigDecimal("100"));
                }
            }
        }
    }

    @Test
    void drawsEmptyPlotWithoutValues() {
        var barChart = BarChart.of(List.of(), BigDecimal::toPlainString);

        assertThat(barChart.bars()).isEmpty();
        assertThat(barChart.axis()).isEmpty();
        assertThat(barChart.most()).isEmpty();
    }

    @Test
    void rejectsPositiveCredit() {
        assertThatThrownBy(() -> credited("Mon", "1", "2")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void detectsLongLabels() {
        assertThat(BarChart.of(List.of(value("December 2025", "1", "0")), BigDecimal::toPlainString)
                        .isLong())
                .isTrue();
        assertThat(BarChart.of(List.of(value("Nov 12", "1", "0")), BigDecimal::toPlainString)
                        .isLong())
                .isFalse();
    }

    @Test
    void labelsTheAxisAtBothEnds() {
        var barChart = BarChart.of(
                List.of(
                        value("1", "1", "0"),
                        value("2", "1", "0"),
                        value("3", "1", "0"),
                        value("4", "1", "0"),
                        value("5", "1", "0")),
                BigDecimal::toPlainString);
        assertThat(barChart.axis()).startsWith("1").endsWith("5").hasSize(4);
    }

    @Test
    void labelsEveryNamedBar() {
        var values = List.of(value("Germany", "3", "0"), value("France", "2", "0"), value("Italy", "1", "0"));
        var more = List.of(
                value("A", "3", "0"),
                value("B", "2", "0"),
                value("C", "1", "0"),
                value("D", "1", "0"),
                value("E", "1", "0"));

        assertThat(BarChart.named(values, BigDecimal::toPlainString).axis())
                .containsExactly("Germany", "France", "Italy");
        assertThat(BarChart.named(more, BigDecimal::toPlainString).isNamed()).isTrue();
        assertThat(BarChart.of(more, BigDecimal::toPlainString).isNamed()).isFalse();
    }

    @Test
    void keyboardFocusEntersAtLastVisibleBar() {
        var barChart = BarChart.of(
                List.of(value("Mon", "5", "0"), value("Tue", "2", "0"), value("Wed", "0", "0")),
                BigDecimal::toPlainString);
        assertThat(barChart.bars()).extracting(BarChart.Bar::entrance).containsExactly(false, true, false);
        assertThat(BarChart.of(List.of(value("Mon", "0", "0")), BigDecimal::toPlainString)
                        .bars())
                .extracting(BarChart.Bar::entrance)
                .containsExactly(false);
    }

    @Test
    void isComparedOnlyWithPreviousPeriod() {
        assertThat(BarChart.of(List.of(value("Mon", "5", "1")), BigDecimal::toPlainString)
                        .isCompared())
                .isTrue();
        assertThat(BarChart.of(List.of(value("Mon", "5", "0")), BigDecimal::toPlainString)
                        .isCompared())
                .isFalse();
    }

    private static void assertColumn(BarChart.Column column, String top, String height) {
        assertThat(column.top()).isEqualByComparingTo(top);
        assertThat(column.height()).isEqualByComparingTo(height);
    }

    private static BarChart.Value credited(String label, String now, String credited) {
        return new BarChart.Value(label, new BigDecimal(now), BigDecimal.ZERO, new BigDecimal(credited), "", "");
    }

    private static BarChart.Value value(String label, String now, String then) {
        return new BarChart.Value(label, new BigDecimal(now), new BigDecimal(then));
    }
}
