package io.tenantry.web.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.money.Money;
import io.tenantry.wallet.Wallets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** Midnight of 11 March in Berlin is 23:00 UTC of the 10th. */
    private static final List<Wallets.Line> LINES = List.of(
            line(5, "2027-03-11T00:00:00Z", "CHARGE", "run:2", "-0.01"),
            line(4, "2027-03-10T23:00:00Z", "CHARGE", "run:1", "-0.01"),
            line(3, "2027-03-10T22:30:00Z", "CREDIT", "manual", "50"),
            line(2, "2027-03-10T22:00:00Z", "CHARGE", "run:0", "-0.02"),
            line(1, "2027-03-10T21:10:00Z", "CHARGE", "service:x:activated", "-0.02"));

    private static Wallets.Line line(long entry, String at, String kind, String source, String amount) {
        return new Wallets.Line(
                entry,
                Instant.parse(at),
                kind,
                Optional.empty(),
                Money.of(amount, "EUR"),
                Money.of("10", "EUR"),
                source);
    }

    @Test
    void addsTheHoursOfADayUp() {
        var days = Statement.days(LINES, BERLIN, false);
        assertThat(days)
                .extracting(Statement.Day::date)
                .containsExactly(LocalDate.of(2027, 3, 11), LocalDate.of(2027, 3, 10));
        assertThat(days.get(1).rows())
                .extracting(row -> row.line().entryId() + " " + row.hours() + " "
                        + row.amount().amount())
                .containsExactly("4 2 -0.03000000", "3 1 50.00000000", "1 1 -0.02000000");
        assertThat(days.get(1).rows()).extracting(Statement.Row::isSum).containsExactly(true, false, false);
    }

    @Test
    void showsEachHourIfAsked() {
        assertThat(Statement.days(LINES, BERLIN, true))
                .flatExtracting(Statement.Day::rows)
                .extracting(row -> row.line().entryId())
                .containsExactly(5L, 4L, 3L, 2L, 1L);
    }

    @Test
    void takesDaysOfTheZoneWithTheHourThatEndsAtMidnight() {
        var span = Days.of("2027-03-10", "2027-03-10").in(BERLIN);
        assertThat(span.after()).isEqualTo("2027-03-09T23:00:00Z");
        assertThat(span.until()).isEqualTo("2027-03-10T23:00:00Z");
        assertThat(Days.of("2027-03-28", "2027-03-28").in(BERLIN).until()).isEqualTo("2027-03-28T22:00:00Z");
    }

    @Test
    void keepsTheChoiceInTheAddress() {
        assertThat(Statement.Wish.of("2027-03-10", null, 7, "hour").getQuery()).isEqualTo("&from=2027-03-10&by=hour");
        assertThat(Statement.Wish.of(null, null, Long.MAX_VALUE, null).getQuery())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "2027-02-30", "9999-12-31", "-0001-01-01", "+10000-01-01", "2027-03-10\"><"})
    void takesWhatIsNoDayAsMissing(String text) {
        assertThat(Days.of(text, text).isChosen()).isFalse();
        assertThat(Days.of(text, text).in(BERLIN)).isEqualTo(Wallets.Span.ALL);
    }
}
