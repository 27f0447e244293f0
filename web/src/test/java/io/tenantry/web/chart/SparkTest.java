package io.tenantry.web.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparkTest {
    @Test
    void goesFromTheLeastAtTheBottomToTheGreatestAtTheTop() {
        var spark = Spark.of(List.of(BigDecimal.ZERO, BigDecimal.TEN, BigDecimal.valueOf(5)));

        assertThat(spark.line()).isEqualTo("0.00,27.00 50.00,3.00 100.00,15.00");
        assertThat(spark.area()).isEqualTo("0,30 0.00,27.00 50.00,3.00 100.00,15.00 100.00,30");
        assertThat(spark.endsAt()).isEqualByComparingTo("15");
    }

    @Test
    void isFlatWhereNothingChanges() {
        assertThat(Spark.of(List.of(BigDecimal.ONE, BigDecimal.ONE)).line()).isEqualTo("0.00,15.00 100.00,15.00");
        assertThat(Spark.of(List.of(BigDecimal.ONE)).line()).isEqualTo("0,15.00");
        assertThat(Spark.of(List.of()).line()).isEmpty();
    }
}
