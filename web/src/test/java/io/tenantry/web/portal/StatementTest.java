package io.tenantry.web.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.wallet.WalletStatements;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** Midnight of 11 March in Berlin is 23:00 UTC of the 10th. */
    private static final List<WalletStatements.StatementLine> LINES = List.of(
            line(5, "2027-03-11T00:00:00Z", "CHARGE", "run:2", "-0.01"),
            line(4, "2027-03-10T23:00:00Z", "CHARGE", "run:1", "-0.01"),
            line(3, "2027-03-10T22:30:00Z", "CREDIT", "manual", "50"),
            line(2, "2027-03-10T22:00:00Z", "CHARGE", "run:0", "-0.02"),
            line(1, "2027-03-10T21:10:00Z", "CHARGE", "service:x:activated", "-0.02"));

    private static WalletStatements.StatementLine line(
            long entry, String at, String kind, String source, String amount) {
        return new WalletStatements.StatementLine(
                entry,
                Instant.parse(at),
                kind,
                Optional.empty(),
                Money.of(amount, "EUR"),
                Money.of("10", "EUR"),
                source,
                Optional.empty(),
                false);
    }

    @Test
    void sumsHoursOfDay() {
        assertThat(Statement.rows(LINES, BERLIN, false))
                .extracting(row -> row.day() + " " + row.line().entryId() + " " + row.hours() + " "
                        + row.amount().amount() + " " + row.isSum())
                .containsExactly(
                        "2027-03-11 5 1 -0.01000000 false",
                        "2027-03-10 4 1 -0.01000000 false",
                        "2027-03-10 3 1 50.00000000 false",
                        "2027-03-10 2 1 -0.02000000 false",
                        "2027-03-10 1 1 -0.02000000 false");
    }

    /** Each balance is that of the row below plus the amount, so hours before and after a payment are not added up. */
    @Test
    void balancesFollowFromAmounts() {
        var amounts = List.of("-1", "-2", "50", "-3", "-4", "-5", "600", "-6");
        var lines = new ArrayList<WalletStatements.StatementLine>();
        var balance = new BigDecimal("100");
        for (var at = 0; at < amounts.size(); at++) {
            var isHour = amounts.get(at).startsWith("-");
            balance = balance.add(new BigDecimal(amounts.get(at)));
            lines.add(
                    0,
                    new WalletStatements.StatementLine(
                            at + 1,
                            Instant.parse("2027-03-10T08:00:00Z").plusSeconds(3_600L * at),
                            isHour ? "CHARGE" : "CREDIT",
                            Optional.empty(),
                            Money.of(amounts.get(at), "EUR"),
                            Money.of(balance.toPlainString(), "EUR"),
                            isHour ? "run:" + at : "manual",
                            Optional.empty(),
                            false));
        }
        var rows = Statement.rows(lines, BERLIN, false);

        assertThat(rows).extracting(Statement.Row::hours).containsExactly(1, 1, 3, 1, 2);
        for (var at = 0; at + 1 < rows.size(); at++) {
            assertThat(rows.get(at).line().balanceAfter())
                    .isEqualTo(rows.get(at + 1)
                            .line()
                            .balanceAfter()
                            .plus(rows.get(at).amount()));
        }
    }

    @Test
    void showsEachHourOnRequest() {
        assertThat(Statement.rows(LINES, BERLIN, true))
                .extracting(row -> row.line().entryId())
                .containsExactly(5L, 4L, 3L, 2L, 1L);
    }

    @Test
    void nextHourlyPartStartsWherePreviousEnds() {
        var first = Statement.of(ledger(), query(Map.of("by", "hour"), 2), BERLIN);
        var second = Statement.of(ledger(), query(Map.of("by", "hour", "before", first.next()), 2), BERLIN);
        var third = Statement.of(ledger(), query(Map.of("by", "hour", "before", second.next()), 2), BERLIN);

        assertThat(Stream.of(first, second, third)
                        .flatMap(part -> part.rows().stream())
                        .map(row -> row.line().entryId()))
                .containsExactly(5L, 4L, 3L, 2L, 1L);
        assertThat(first.next()).isEqualTo("4");
        assertThat(third.next()).isEmpty();
    }

    @Test
    void dailyPartEndsWithWholeDay() {
        var lines = IntStream.rangeClosed(0, 69)
                .mapToObj(hour -> line(
                        1_000L - hour,
                        Instant.parse("2027-03-10T22:00:00Z")
                                .minusSeconds(3_600L * hour)
                                .toString(),
                        "CHARGE",
                        "run:" + hour,
                        "-0.01"))
                .toList();
        var first = Statement.of(ledger(lines), query(Map.of(), 1), BERLIN);

        assertThat(first.rows()).extracting(Statement.Row::hours).containsExactly(23);
        var second = Statement.of(ledger(lines), query(Map.of("before", first.next()), 1), BERLIN);
        assertThat(second.rows()).extracting(Statement.Row::hours).containsExactly(24);
        assertThat(second.rows().get(0).line().entryId()).isEqualTo(977L);
    }

    @Test
    void limitsDailyRowsToPageSize() {
        var lines = IntStream.range(0, 200)
                .mapToObj(hour -> line(
                        1_000L - hour,
                        Instant.parse("2027-03-10T23:00:00Z")
                                .minusSeconds(3_600L * hour)
                                .toString(),
                        "CHARGE",
                        "run:" + hour,
                        "-0.01"))
                .toList();
        var first = Statement.of(ledger(lines), query(Map.of(), 3), BERLIN);
        var second = Statement.of(ledger(lines), query(Map.of("before", first.next()), 3), BERLIN);
        var third = Statement.of(ledger(lines), query(Map.of("before", second.next()), 3), BERLIN);

        assertThat(first.rows()).extracting(Statement.Row::hours).containsExactly(24, 24, 24);
        assertThat(second.rows()).hasSize(3);
        assertThat(third.rows()).extracting(Statement.Row::hours).containsExactly(24, 24, 8);
        assertThat(third.next()).isEmpty();
    }

    @Test
    void keepsDayWholeBeyondPageSize() {
        var part = Statement.of(ledger(), query(Map.of("before", "5"), 2), BERLIN);

        assertThat(part.rows()).hasSize(4);
        assertThat(part.next()).isEmpty();
    }

    @Test
    void usesMostDecimalsOfAllHours() {
        var lines = List.of(
                line(3, "2027-03-10T22:00:00Z", "CHARGE", "run:1", "-0.012376"),
                line(2, "2027-03-10T21:00:00Z", "CHARGE", "run:0", "-0.01"),
                line(1, "2027-03-10T20:10:00Z", "CREDIT", "manual", "50"));

        assertThat(Statement.rows(lines, BERLIN, true))
                .extracting(Statement.Row::decimals)
                .containsOnly(6);
        assertThat(Statement.rows(lines.subList(1, 3), BERLIN, true))
                .extracting(Statement.Row::decimals)
                .containsOnly(2);
    }

    private static ListQuery query(Map<String, String> filters, int limit) {
        return new ListQuery("", filters, "", false, 0, limit);
    }

    private static Statement.Lines ledger() {
        return ledger(LINES);
    }

    /** Lines visible to the person, without a database. */
    private static Statement.Lines ledger(List<WalletStatements.StatementLine> lines) {
        return (lineSelection, before, limit) -> lines.stream()
                .filter(statementLine -> statementLine.entryId() < before)
                .limit(limit)
                .toList();
    }

    @Test
    void selectsDaysAndKindFromAddress() {
        var chosen = Statement.selection(
                query(Map.of("from", "2027-03-10", "to", "2027-03-10", "kind", "credit"), 1), BERLIN);

        assertThat(chosen.kind()).hasValue("CREDIT");
        assertThat(chosen.span())
                .isEqualTo(DateRange.of("2027-03-10", "2027-03-10").in(BERLIN));
        assertThat(Statement.selection(query(Map.of("by", "hour"), 1), BERLIN))
                .isEqualTo(WalletStatements.LineSelection.ALL);
    }

    @Test
    void daysFollowTimeZoneAndIncludeHourEndingAtMidnight() {
        var statementPeriod = DateRange.of("2027-03-10", "2027-03-10").in(BERLIN);
        assertThat(statementPeriod.after()).isEqualTo("2027-03-09T23:00:00Z");
        assertThat(statementPeriod.until()).isEqualTo("2027-03-10T23:00:00Z");
        assertThat(DateRange.of("2027-03-28", "2027-03-28").in(BERLIN).until()).isEqualTo("2027-03-28T22:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "2027-02-30", "9999-12-31", "-0001-01-01", "+10000-01-01", "2027-03-10\"><"})
    void treatsInvalidDayAsMissing(String text) {
        assertThat(DateRange.of(text, text).in(BERLIN)).isEqualTo(WalletStatements.StatementPeriod.ALL);
    }
}
