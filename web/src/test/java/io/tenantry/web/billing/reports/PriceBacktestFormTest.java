package io.tenantry.web.billing.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.kernel.query.ListQuery;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PriceBacktestFormTest {
    private static final List<YearMonth> MONTHS = List.of(YearMonth.of(2026, 11), YearMonth.of(2026, 10));

    private static PriceBacktestForm form(Map<String, String> fields) {
        var listQuery = ListQuery.of(1);
        for (var field : fields.entrySet()) {
            listQuery = listQuery.with(field.getKey(), field.getValue());
        }
        return PriceBacktestForm.of(listQuery, MONTHS).checked(Set.of("small", "VOLUME"));
    }

    @Test
    void acceptsDecimalPointsAndCommas() {
        var form = form(Map.of(
                "month", "2026-10", "percent", "-7,5", "plan1", "small", "price1", "4.99", "plan4", "VOLUME", "price4",
                "0,05"));
        assertThat(form.faults()).isEmpty();
        assertThat(form.prices()).hasSize(5);
        var hypotheticalChange = form.question();
        assertThat(hypotheticalChange.month()).isEqualTo(YearMonth.of(2026, 10));
        assertThat(hypotheticalChange.percent()).isEqualByComparingTo("-7.5");
        assertThat(hypotheticalChange.monthly())
                .isEqualTo(Map.of("small", new BigDecimal("4.99"), "VOLUME", new BigDecimal("0.05")));
    }

    @Test
    void reportsFaultAtEachField() {
        assertThat(form(Map.of(
                                "percent", "1.234", "plan1", "small", "plan2", "large", "price2", "1e9", "price3", "1",
                                "plan4", "small", "price4", "5", "plan5", "small", "price5", "6"))
                        .faults())
                .isEqualTo(Map.of(
                        "percent", "price-backtest.fault.percent",
                        "price1", "price-backtest.fault.price",
                        "plan2", "price-backtest.fault.unknown",
                        "price2", "price-backtest.fault.price",
                        "plan3", "price-backtest.fault.plan",
                        "plan5", "price-backtest.fault.twice"));
    }

    @Test
    void replacesUnavailableMonthWithLatest() {
        assertThat(form(Map.of("month", "2020-01")).month()).isEqualTo(MONTHS.get(0));
        assertThat(form(Map.of("month", "x")).faults()).isEmpty();
        assertThat(form(Map.of()).question().percent()).isZero();
    }
}
