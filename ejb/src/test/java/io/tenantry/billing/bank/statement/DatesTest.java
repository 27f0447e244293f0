package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates in all unambiguous forms, and ambiguous ones. */
class DatesTest {
    private static final LocalDate TODAY = Reading.TODAY;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-04-17",
                "2026/04/17",
                "2026.04.17",
                "20260417",
                "2026-4-17",
                "17.04.2026",
                "17.4.26",
                "17. 04. 2026",
                "17-04-2026",
                "17/04/2026",
                "04/17/2026",
                "04-17-2026",
                "17 Apr 2026",
                "17-Apr-26",
                "17-APR-2026",
                "17/Apr/2026",
                "17. April 2026",
                "Apr 17, 2026",
                "April 17 2026",
                "17 avril 2026",
                "17 avr. 2026",
                "17 abril 2026",
                "17 de abril de 2026",
                "17 aprile 2026",
                "17th Apr 2026",
                "Fri, 17 Apr 2026",
                "2026-04-17T23:30:00Z",
                "2026-04-17T23:30:00.123+02:00",
                "2026-04-17 10:15:00",
                "17.04.2026 10:15",
                "17/04/2026 10:15:00 PM",
                "2026-04-17 00:00:00.0",
                "17.04.2026 10:15 Uhr",
                "2026-04-17 10:15:00 UTC",
                "2026-Apr-17"
            })
    void readsDates(String text) {
        assertThat(Dates.parse(text, Optional.empty())).contains(LocalDate.of(2026, 4, 17));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "31.02.2026",
                "2026-13-01",
                "32/01/2026",
                "17.04.",
                "46129",
                "17042026",
                "1.234,00",
                "17 Foo 2026",
                "offen",
                "00.00.0000",
                "2026-02-30",
                "04/02/2026",
                "10-11-12"
            })
    void doesNotReadInvalidOrDoubleDates(String text) {
        assertThat(Dates.parse(text, Optional.empty())).isEmpty();
    }

    @Test
    void ordersByTheWholeFileThenByTheCountry() {
        assertThat(Dates.order(List.of("04/02/2026", "17/02/2026"), Optional.empty(), "US", TODAY))
                .contains(DateOrder.DAY_FIRST);
        assertThat(Dates.order(List.of("04/02/2026", "02/17/2026"), Optional.empty(), "DE", TODAY))
                .contains(DateOrder.MONTH_FIRST);
        assertThat(Dates.order(List.of("04/02/2026"), Optional.empty(), "US", TODAY))
                .contains(DateOrder.MONTH_FIRST);
        assertThat(Dates.order(List.of("04/02/2026"), Optional.empty(), "GB", TODAY))
                .contains(DateOrder.DAY_FIRST);
        assertThat(Dates.order(List.of("04/02/2026"), Optional.empty(), "CA", TODAY))
                .isEmpty();
        assertThat(Dates.order(List.of("04/02/2026"), Optional.empty(), "", TODAY))
                .isEmpty();
        assertThat(Dates.order(List.of("17/02/2026", "02/17/2026"), Optional.empty(), "DE", TODAY))
                .isEmpty();
        // Booking dates are not in the future.
        assertThat(Dates.order(List.of("02/03/2026"), Optional.empty(), "DE", LocalDate.of(2026, 2, 4)))
                .contains(DateOrder.DAY_FIRST);
    }

    @Test
    void usesTheConfiguredOrderUnlessTheFileContradictsIt() {
        var stated = Optional.of(DateOrder.MONTH_FIRST);
        assertThat(Dates.order(List.of("04/02/2026"), stated, "DE", TODAY)).isEqualTo(stated);
        assertThat(Dates.order(List.of("04/02/2026", "17/02/2026"), stated, "US", TODAY))
                .contains(DateOrder.DAY_FIRST);
        assertThat(Dates.order(List.of("17/02/2026", "02/17/2026"), stated, "US", TODAY))
                .isEmpty();
        // Rows dated in the future are reviewed one by one.
        assertThat(Dates.order(List.of("02/17/2036"), stated, "DE", TODAY)).isEqualTo(stated);
    }

    @Test
    void mayStartWithATwoDigitYear() {
        assertThat(Dates.order(List.of("26-04-17", "26-04-03"), Optional.empty(), "DE", TODAY))
                .contains(DateOrder.YEAR_FIRST);
        assertThat(Dates.order(List.of("13-03-26"), Optional.empty(), "DE", TODAY))
                .contains(DateOrder.DAY_FIRST);
    }

    @Test
    void recognizesImplausibleDates() {
        assertThat(Dates.isFarOff(LocalDate.of(2062, 4, 17), TODAY)).isTrue();
        assertThat(Dates.isFarOff(LocalDate.of(1926, 4, 17), TODAY)).isTrue();
        assertThat(Dates.isFarOff(TODAY, TODAY)).isFalse();
        assertThat(Dates.isFarOff(TODAY.plusDays(1), TODAY)).isFalse();
        assertThat(Dates.isFarOff(TODAY.plusDays(2), TODAY)).isTrue();
    }
}
