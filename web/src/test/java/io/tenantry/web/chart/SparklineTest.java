package io.tenantry.web.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparklineTest {
    @Test
    void scalesFromMinimumToMaximum() {
        var sparkline = Sparkline.of(List.of(BigDecimal.ZERO, BigDecimal.TEN, BigDecimal.valueOf(5)));

        assertThat(sparkline.line()).isEqualTo("0.00,27.00 50.00,3.00 100.00,15.00");
        assertThat(sparkline.area()).isEqualTo("0,30 0.00,27.00 50.00,3.00 100.00,15.00 100.00,30");
        assertThat(sparkline.endsAt()).isEqualByComparingTo("15");
    }

    @Test
    void drawsFlatLineForConstantValues() {
        assertThat(Sparkline.of(List.of(BigDecimal.ONE, BigDecimal.ONE)).line()).isEqualTo("0.00,15.00 100.00,15.00");
        assertThat(Sparkline.of(List.of(BigDecimal.ONE)).line()).isEqualTo("0,15.00");
        assertThat(Sparkline.of(List.of()).line()).isEmpty();
    }
}
