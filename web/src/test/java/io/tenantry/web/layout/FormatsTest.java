package io.tenantry.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private final Formats english = new Formats(Locale.US, ZoneId.of("America/New_York"));
    private final Formats german = new Formats(Locale.GERMANY, ZoneId.of("Europe/Berlin"));

    @Test
    void formatsMoneyByLanguage() {
        assertThat(english.money(Money.of("1234.5", "USD"), false, false)).isEqualTo("$1,234.50");
        assertThat(german.money(Money.of("1234.5", "EUR"), false, false)).isEqualTo("1.234,50\u00a0€");
    }

    @Test
    void showsEightDecimalsOnlyOnRequest() {
        var rate = Money.of("0.16438356", "USD");
        assertThat(english.money(rate, true, false)).isEqualTo("$0.16438356");
        assertThat(english.money(rate, false, false)).isEqualTo("$0.16");
    }

    @Test
    void formatsAmountWithGivenDecimals() {
        assertThat(english.exactly(Money.of("-0.01", "USD"), 6, true)).isEqualTo("\u2212$0.010000");
        assertThat(german.exactly(Money.of("50", "EUR"), 6, true)).isEqualTo("+50,000000\u00a0€");
    }

    @Test
    void amountRoundedToZeroHasNoSign() {
        var less = Money.of("-0.00499999", "USD");
        assertThat(english.money(less, false, true)).isEqualTo("$0.00");
        assertThat(english.money(less.negated(), false, true)).isEqualTo("$0.00");
        assertThat(english.money(less, true, false)).isEqualTo("\u2212$0.00499999");
        assertThat(english.rate(Money.of("-0.00001", "USD"))).isEqualTo("$0.0000");
        assertThat(Formats.isNegative(less, false)).isFalse();
        assertThat(Formats.isNegative(less, true)).isTrue();
        assertThat(german.tenths(new BigDecimal("-0.04"))).isEqualTo("0,0");
        assertThat(german.number(new BigDecimal("-0.0001"))).isEqualTo("0");
        assertThat(german.percent(new BigDecimal("-0.001"))).isEqualTo("0\u00a0%");
        assertThat(german.rate(new BigDecimal("-0.0000001"))).isEqualTo("0");
    }

    @ParameterizedTest(name = "{0} bytes are {1}, and in a plan {2}")
    @CsvSource({
        "1099511627776, 1.1 TB, 1 TB",
        "1073741824, 1.1 GB, 1 GB",
        "549755813888, 550 GB, 512 GB",
        "1000000000000, 1 TB, 931 GB",
        "999, 999 B, 999 B"
    })
    void formatsSizesInPlanUnits(long bytes, String measured, String planned) {
        assertThat(english.bytes(bytes)).isEqualTo(measured);
        assertThat(english.size(bytes)).isEqualTo(planned);
    }

    @Test
    void signsDebitsAndCredits() {
        assertThat(english.money(Money.of("-0.24", "USD"), false, true)).isEqualTo("\u2212$0.24");
        assertThat(english.money(Money.of("25", "USD"), false, true)).isEqualTo("+$25.00");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"P31DT4H, 31 d 4 h", "PT4H12M, 4 h 12 min", "PT12M40S, 12 min", "PT9S, 9 s", "P400DT3H, 400 d"})
    void formatsSpansByTwoLargestUnits(Duration span, String words) {
        assertThat(english.span(span)).isEqualTo(words);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"PT0.0034S, 3.4 ms", "PT0.305S, 305 ms", "PT9.142S, 9.1 s", "PT12S, 12 s", "PT-0.005S, \u22125 ms"})
    void formatsShortDurationsWithOneDecimal(Duration span, String words) {
        assertThat(english.took(span)).isEqualTo(words);
    }

    @Test
    void formatsRelativeTime() {
        assertThat(english.relative(NOON.minusSeconds(240), NOON)).isEqualTo("4 minutes ago");
        assertThat(english.relative(NOON.plusSeconds(3_700), NOON)).isEqualTo("in 1 hour");
        assertThat(german.relative(NOON.minusSeconds(86_400), NOON)).isEqualTo("vor 1 Tag");
        assertThat(english.relative(NOON, NOON)).isEqualTo("just now");
    }

    @Test
    void formatsInstantsInTimeZone() {
        assertThat(german.moment(NOON)).isEqualTo("21.11.2026, 13:00");
        assertThat(english.iso(NOON)).isEqualTo("2026-11-21T07:00:00-05:00");
    }

    @Test
    void shortensDaysForAxes() {
        assertThat(english.dayMonth(LocalDate.of(2026, 11, 8))).isEqualTo("Nov 8");
        assertThat(german.dayMonth(LocalDate.of(2026, 11, 8))).isEqualTo("08.11.");
    }

    @ParameterizedTest
    @CsvSource({"Ada Lindqvist, AL", "Ada, A", "'', ·", "Ada Maria von Lind, AL"})
    void abbreviatesNamesToInitials(String name, String initials) {
        assertThat(Formats.initials(name)).isEqualTo(initials);
    }
}
