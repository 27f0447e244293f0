package io.tenantry.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTextTest {
    @Test
    void ignoresSurroundingSpaces() {
        assertThat(DateText.day("\u00A02027-03-10 ")).contains(LocalDate.of(2027, 3, 10));
        assertThat(DateText.month("2027-03\u200B")).contains(YearMonth.of(2027, 3));
        assertThat(DateText.local(" 2027-03-10T09:30")).contains(LocalDateTime.of(2027, 3, 10, 9, 30));
        assertThat(DateText.instant("2027-03-10T09:30:00Z")).contains(Instant.parse("2027-03-10T09:30:00Z"));
    }

    /** Java accepts these years; PostgreSQL's timestamps end in the year 294276, its dates in 5874897. */
    @ParameterizedTest
    @ValueSource(strings = {"+999999999", "+5874898", "+294277", "+10000", "9999", "1899", "0000", "-0001", "-9999"})
    void rejectsYearsOutOfRange(String year) {
        assertThat(DateText.day(year + "-03-10")).isEmpty();
        assertThat(DateText.month(year + "-03")).isEmpty();
        assertThat(DateText.local(year + "-03-10T09:30")).isEmpty();
        assertThat(DateText.instant(year + "-03-10T09:30:00Z")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "today", "2027-02-30", "2027-13", "2027-03-10T25:00", "10.03.2027", "2027-3-1", "\0"})
    void rejectsInvalidDates(String typed) {
        assertThat(DateText.day(typed)).isEmpty();
        assertThat(DateText.month(typed)).isEmpty();
        assertThat(DateText.local(typed)).isEmpty();
        assertThat(DateText.instant(typed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2027-03-28T01:59, 2027-03-28T00:59:00Z",
        "2027-03-28T02:00,",
        "2027-03-28T02:59,",
        "2027-03-28T03:00, 2027-03-28T01:00:00Z",
        // Twice: in summer time, and an hour later.
        "2027-10-31T02:30, 2027-10-31T00:30:00Z",
        "2027-10-31T03:00, 2027-10-31T02:00:00Z",
    })
    void knowsNoTimeOverWhichClocksAreSetForward(LocalDateTime local, @Nullable Instant instant) {
        assertThat(DateText.at(local, ZoneId.of("Europe/Berlin"))).isEqualTo(Optional.ofNullable(instant));
    }
}
