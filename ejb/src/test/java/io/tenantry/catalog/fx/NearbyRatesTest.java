package io.tenantry.catalog.fx;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.catalog.fx.EcbRateFile.RateRow;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearbyRatesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 26);

    private static RateRow rate(String currency, LocalDate day, String perEuro) {
        return new RateRow(1, currency, day, new BigDecimal(perEuro));
    }

    @ParameterizedTest
    @CsvSource({
        "163.2,  0.0061, true", // inverted
        "163.2,  16320,  true", // the decimal point is lost
        "163.2,  81.5,   true",
        "163.2,  81.7,   false", // not quite half
        "163.2,  326.4,  false",
        "163.2,  162.9,  false"
    })
    void refusesRatesThatHalveOrDouble(String known, String entered, boolean isContradicted) {
        var file = List.of(rate("JPY", DAY, entered));

        for (var other : List.of(DAY.minusDays(1), DAY.plusDays(3), DAY.minusDays(30))) {
            assertThat(new NearbyRates(List.of(rate("JPY", other, known)), file).contradicting(file.get(0)))
                    .isEqualTo(isContradicted ? Optional.of(rate("JPY", other, known)) : Optional.empty());
        }
    }

    @Test
    void comparesOnlyRatesOfTheSameCurrencyWithinAMonth() {
        var entered = rate("JPY", DAY, "0.0061");
        var known = List.of(rate("JPY", DAY.minusDays(31), "163.2"), rate("USD", DAY.minusDays(1), "1.15"));

        assertThat(new NearbyRates(known, List.of(entered)).contradicting(entered))
                .isEmpty();
    }

    @Test
    void comparesDaysOfTheSameFile() {
        var yesterday = rate("JPY", DAY.minusDays(1), "163.2");
        var today = rate("JPY", DAY, "0.0061");
        var nearby = new NearbyRates(List.of(), List.of(yesterday, today));

        assertThat(nearby.contradicting(today)).contains(yesterday);
        assertThat(nearby.contradicting(yesterday)).contains(today);
    }
}
