package io.tenantry.web.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarsTest {
    @Test
    void scalesToTheLargestValueOfBothPeriods() {
        var bars = Bars.of(List.of(value("Mon", "5", "10"), value("Tue", "2.5", "0")), BigDecimal::toPlainString);
        assertThat(bars.most()).isEqualTo("10");
        assertThat(bars.bars().get(0).nowHeight()).isEqualByComparingTo("50");
        assertThat(bars.bars().get(0).thenHeight()).isEqualByComparingTo("100");
        assertThat(bars.bars().get(1).nowHeight()).isEqualByComparingTo("25");
    }

    @Test
    void drawsNothingOfNothing() {
        var bars = Bars.of(List.of(value("Mon", "0", "0")), BigDecimal::toPlainString);
        assertThat(bars.most()).isEmpty();
        assertThat(bars.bars().get(0).nowHeight()).isZero();
    }

    @Test
    void labelsTheAxisAtBothEnds() {
        var bars = Bars.of(
                List.of(
                        value("1", "1", "0"),
                        value("2", "1", "0"),
                        value("3", "1", "0"),
                        value("4", "1", "0"),
                        value("5", "1", "0")),
                BigDecimal::toPlainString);
        assertThat(bars.axis()).startsWith("1").endsWith("5").hasSize(4);
    }

    @Test
    void namesEachBarThatIsOfNoTime() {
        var values = List.of(value("Germany", "3", "0"), value("France", "2", "0"), value("Italy", "1", "0"));
        var more = List.of(
                value("A", "3", "0"),
                value("B", "2", "0"),
                value("C", "1", "0"),
                value("D", "1", "0"),
                value("E", "1", "0"));

        assertThat(Bars.named(values, BigDecimal::toPlainString).axis()).containsExactly("Germany", "France", "Italy");
        assertThat(Bars.named(more, BigDecimal::toPlainString).isNamed()).isTrue();
        assertThat(Bars.of(more, BigDecimal::toPlainString).isNamed()).isFalse();
    }

    @Test
    void isEnteredAtTheLastThatThereIsToSee() {
        var bars = Bars.of(
                List.of(value("Mon", "5", "0"), value("Tue", "2", "0"), value("Wed", "0", "0")),
                BigDecimal::toPlainString);
        assertThat(bars.getEntrance()).isSameAs(bars.bars().get(1));
        assertThat(Bars.of(List.of(value("Mon", "0", "0")), BigDecimal::toPlainString)
                        .getEntrance())
                .isNull();
    }

    @Test
    void knowsWhetherThereIsAPeriodBefore() {
        assertThat(Bars.of(List.of(value("Mon", "5", "1")), BigDecimal::toPlainString)
                        .isCompared())
                .isTrue();
        assertThat(Bars.of(List.of(value("Mon", "5", "0")), BigDecimal::toPlainString)
                        .isCompared())
                .isFalse();
    }

    private static Bars.Value value(String label, String now, String then) {
        return new Bars.Value(label, new BigDecimal(now), new BigDecimal(then));
    }
}
