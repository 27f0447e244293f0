package io.tenantry.billing.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.accounting.TrialBalance.TrialBalanceTotal;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Account balances and movements, from sums of postings, and the days they cover. */
class TrialBalanceTest {
    private static final Currency EURO = Currency.getInstance("EUR");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    @Test
    void separatesOpeningBalanceFromMovements() {
        var balance = TrialBalance.of(List.of(
                        sum(AccountKind.WALLET, true, "119"),
                        sum(AccountKind.CASH, true, "-119"),
                        sum(AccountKind.WALLET, false, "-11.90000001"),
                        sum(AccountKind.WALLET, false, "20"),
                        sum(AccountKind.CASH, false, "-20"),
                        sum(AccountKind.REVENUE, false, "10.00000001"),
                        sum(AccountKind.TAX, false, "1.9")))
                .get(0);

        assertThat(balance.lines())
                .containsExactly(
                        line(AccountKind.WALLET, "119", "11.90000001", "20"),
                        line(AccountKind.REVENUE, "0", "0", "10.00000001"),
                        line(AccountKind.CASH, "-119", "20", "0"),
                        line(AccountKind.TAX, "0", "0", "1.9"));
        assertThat(balance.lines().get(0).closing()).isEqualTo(euro("127.09999999"));
        assertThat(balance.debits()).isEqualTo(balance.credits()).isEqualTo(euro("31.90000001"));
        assertThat(balance.isBalanced()).isTrue();
    }

    @Test
    void detectsAMissingCent() {
        assertThat(TrialBalance.of(List.of(
                                sum(AccountKind.WALLET, false, "10"), sum(AccountKind.CASH, false, "-9.99999999")))
                        .get(0)
                        .isBalanced())
                .isFalse();
        assertThat(TrialBalance.of(List.of(sum(AccountKind.WALLET, true, "10"), sum(AccountKind.WALLET, false, "-10")))
                        .get(0)
                        .isBalanced())
                .isFalse();
    }

    @Test
    void neverAddsCurrencies() {
        var dollars = new TrialBalanceTotal(AccountKind.CASH, Currency.getInstance("USD"), false, BigDecimal.TEN);
        assertThat(TrialBalance.of(List.of(dollars, sum(AccountKind.CASH, false, "1"))))
                .extracting(balance -> balance.currency().getCurrencyCode() + " "
                        + balance.credits().amount().stripTrailingZeros().toPlainString())
                .containsExactly("EUR 1", "USD 10");
    }

    /** Random entries of two postings on either side of the days: opening balance plus movement equals closing balance. */
    @Test
    void balancesIfAllEntriesBalance() {
        var random = new Random(20261123);
        var kinds = AccountKind.values();
        for (var round = 0; round < 200; round++) {
            var sums = new ArrayList<TrialBalanceTotal>();
            var wallets = BigDecimal.ZERO;
            for (var entry = 0; entry < 20; entry++) {
                var amount = BigDecimal.valueOf(1 + random.nextInt(1_000_000_000), Money.SCALE);
                var isBefore = random.nextBoolean();
                var credited = kinds[random.nextInt(kinds.length)];
                var debited = kinds[random.nextInt(kinds.length)];
                sums.add(new TrialBalanceTotal(credited, EURO, isBefore, amount));
                sums.add(new TrialBalanceTotal(debited, EURO, isBefore, amount.negate()));
                wallets = wallets.add(credited == AccountKind.WALLET ? amount : BigDecimal.ZERO)
                        .subtract(debited == AccountKind.WALLET ? amount : BigDecimal.ZERO);
            }
            var balance = TrialBalance.of(sums).get(0);
            assertThat(balance.isBalanced()).isTrue();
            assertThat(balance.debits()).isEqualTo(balance.credits());
            var held = balance.lines().stream()
                    .filter(line -> line.account() == AccountKind.WALLET)
                    .map(TrialBalance.Line::closing)
                    .findFirst()
                    .orElse(euro("0"));
            assertThat(held).isEqualTo(new Money(wallets, EURO));
        }
    }

    @Test
    void defaultsToTheDaysOfTheMonth() {
        assertThat(days("", "")).isEqualTo(new AccountingPeriod(TODAY.withDayOfMonth(1), TODAY));
        assertThat(days("", "2026-02-28")).isEqualTo(days("2026-02-01", "2026-02-28"));
        assertThat(days("2026-12-05", "")).isEqualTo(days("2026-12-05", "2026-12-05"));
        assertThat(days("2026-11-20", "2026-11-10")).isEqualTo(days("2026-11-20", "2026-11-20"));
        assertThat(days("+999999-01-01", "nonsense")).isEqualTo(days("", ""));
    }

    @Test
    void endsADayAtMidnightInTheZone() {
        var berlin = ZoneId.of("Europe/Berlin");
        var summer = days("2026-10-25", "2026-10-25");
        assertThat(summer.after(berlin)).isEqualTo(Instant.parse("2026-10-24T22:00:00Z"));
        assertThat(summer.until(berlin))
                .isEqualTo(Instant.parse("2026-10-25T23:00:00Z"))
                .isEqualTo(days("2026-10-26", "2026-10-26").after(berlin));
    }

    @Test
    void namesTheSourceOfAnEntry() {
        assertThat(List.of(
                        "run:7:1:1", "wallet:x:tax", "manual", "transfer-pack:1", "addon-discrepancy:1", "transferred"))
                .extracting(EntryOrigin::of)
                .containsExactly(
                        EntryOrigin.RUN,
                        EntryOrigin.SERVICE,
                        EntryOrigin.MANUAL,
                        EntryOrigin.TRANSFER,
                        EntryOrigin.OUTAGE_CREDIT,
                        EntryOrigin.OTHER);
    }

    private static AccountingPeriod days(String from, String to) {
        return AccountingPeriod.of(
                ListQuery.of(1).with(AccountingPeriod.FROM, from).with(AccountingPeriod.TO, to), TODAY);
    }

    private static TrialBalanceTotal sum(AccountKind account, boolean isBefore, String amount) {
        return new TrialBalanceTotal(account, EURO, isBefore, new BigDecimal(amount));
    }

    private static TrialBalance.Line line(AccountKind account, String opening, String debits, String credits) {
        return new TrialBalance.Line(account, euro(opening), euro(debits), euro(credits));
    }

    private static Money euro(String amount) {
        return Money.of(amount, "EUR");
    }
}
