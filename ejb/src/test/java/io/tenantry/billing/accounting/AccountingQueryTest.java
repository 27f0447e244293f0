package io.tenantry.billing.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.charging.Charging;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two customers with a server each, charged for three hours: the first hour at its start, and the second is the last of October in Berlin. */
class AccountingQueryTest {
    private static final Instant NINE = Instant.parse("2026-10-31T21:00:00Z");
    private static final ListQuery NOVEMBER = days("2026-11-01", "2026-11-30");
    private static final ListQuery ALL = days("2026-10-01", "2026-11-30");

    private static BillingFixture billingFixture;
    private static AccountingQuery accounting;

    @BeforeAll
    static void fill() {
        billingFixture = new BillingFixture("accounted", "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(NINE);
        var price = billingFixture.price("73.00");
        for (var name : List.of("First", "Second")) {
            var wallet = billingFixture.wallet("50");
            billingFixture.in(() -> billingFixture.sql.update("""
                    insert into organization (id, name, billing_email, country, state, created_at)
                    select organization_id, ?, 'billing@example.org', 'DE', 'ACTIVE', ? from wallet where id = ?
                    """, name, NINE, wallet));
            billingFixture.rent(wallet, price, NINE);
        }
        for (var hour = 1; hour <= 3; hour++) {
            var until = NINE.plusSeconds(3600L * hour);
            billingFixture.clock.stopAt(until);
            charge(until);
        }
        accounting = new AccountingQuery(
                billingFixture.sql,
                new Access(billingFixture.sql),
                billingFixture.clock,
                new TenantDirectory(Database.administration()));
    }

    private static void charge(Instant until) {
        billingFixture.in(() -> {
            billingFixture.charging.prepare();
            return billingFixture.charging.chargeWallets(
                    new Charging.Range(new UUID(0, 0), new UUID(-1, -1), 100), until, "run:" + until + ":1");
        });
    }

    @Test
    void assignsAnHourEndingAtMidnightToThePreviousMonth() {
        var november = balance(NOVEMBER);
        assertThat(november.isBalanced()).isTrue();
        assertThat(line(november, AccountKind.CASH)).isEqualTo("-100 0 0 -100");
        assertThat(line(november, AccountKind.WALLET)).isEqualTo("99.6 0.2 0 99.4");
        assertThat(line(november, AccountKind.REVENUE)).isEqualTo("0.4 0 0.2 0.6");

        var october = balance(days("2026-10-01", "2026-10-31"));
        assertThat(october.isBalanced()).isTrue();
        assertThat(line(october, AccountKind.WALLET)).isEqualTo("0 0.4 100 99.6");
        assertThat(line(october, AccountKind.CASH)).isEqualTo("0 100 0 -100");
        assertThat(balances(days("2026-09-01", "2026-09-30"))).isEmpty();
    }

    @Test
    void pagesThroughTheJournalWithoutGaps() {
        var found = new ArrayList<JournalEntry>();
        for (var listQuery = ALL.part(0, 2); ; ) {
            var part = entries(listQuery);
            found.addAll(part);
            if (part.size() < 2) {
                break;
            }
            listQuery = listQuery.with(
                    AccountingQuery.BEFORE,
                    Long.toString(part.get(part.size() - 1).id()));
        }
        assertThat(found).isEqualTo(entries(ALL)).hasSize(6);
        assertThat(found)
                .extracting(JournalEntry::at)
                .containsExactly(
                        NINE.plusSeconds(10_800),
                        NINE.plusSeconds(7200),
                        NINE.plusNanos(1000),
                        NINE.plusNanos(1000),
                        NINE,
                        NINE);
        assertThat(found)
                .allSatisfy(entry -> assertThat(entry.legs().stream()
                                .map(posting -> posting.amount().amount())
                                .reduce(BigDecimal.ZERO, BigDecimal::add))
                        .isZero());
        assertThat(entries(NOVEMBER)).containsExactly(found.get(0));
        assertThat(entries(NOVEMBER.with(AccountingQuery.BEFORE, "999999999"))).containsExactly(found.get(0));
    }

    @Test
    void showsTheWalletOfAPostingOrTheNumberOfWallets() {
        var all = entries(ALL);
        assertThat(all.get(0).legs())
                .satisfiesExactly(
                        wallets -> {
                            assertThat(wallets.account()).isEqualTo(AccountKind.WALLET);
                            assertThat(wallets.accounts()).isEqualTo(2);
                            assertThat(wallets.customer()).isEmpty();
                            assertThat(wallets.isDebit()).isTrue();
                            assertThat(wallets.size()).isEqualTo(billingFixture.money("0.2"));
                        },
                        revenue -> assertThat(revenue.account()).isEqualTo(AccountKind.REVENUE));
        assertThat(all.get(4).legs().get(1).customer()).contains("Second");
        assertThat(all.get(5).legs().get(1).customer()).contains("First");
    }

    @Test
    void filtersEntriesByKindAndSource() {
        assertThat(entries(ALL.with(AccountingQuery.KIND, "charge"))).hasSize(4);
        assertThat(entries(ALL.with(AccountingQuery.KIND, "credit"))).hasSize(2);
        assertThat(entries(ALL.with(AccountingQuery.ORIGIN, "run"))).hasSize(2);
        assertThat(entries(ALL.with(AccountingQuery.ORIGIN, "service"))).hasSize(2);
        assertThat(entries(ALL.with(AccountingQuery.ORIGIN, "other")))
                .extracting(JournalEntry::source)
                .containsOnly("test")
                .hasSize(2);
        assertThat(entries(ALL.with(AccountingQuery.ORIGIN, "credit_note"))).isEmpty();
    }

    @Test
    void requiresPermission() {
        var stranger = new Actor(Actor.Kind.STAFF, UUID.randomUUID(), "ann@example.org");
        Database.run(billingFixture.tenant, () -> {
            try (var actorScope = Actors.enter(stranger)) {
                assertThatThrownBy(() -> accounting.trialBalances(accounting.days(NOVEMBER)))
                        .isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> accounting.entries(NOVEMBER)).isInstanceOf(AccessDeniedException.class);
            }
        });
    }

    private static ListQuery days(String from, String to) {
        return ListQuery.of(100).with(AccountingPeriod.FROM, from).with(AccountingPeriod.TO, to);
    }

    private static List<JournalEntry> entries(ListQuery listQuery) {
        return billingFixture.in(() -> accounting.entries(listQuery));
    }

    private static List<TrialBalance> balances(ListQuery listQuery) {
        return billingFixture.in(() -> accounting.trialBalances(accounting.days(listQuery)));
    }

    private static TrialBalance balance(ListQuery listQuery) {
        var found = balances(listQuery);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static String line(TrialBalance balance, AccountKind account) {
        var line = balance.lines().stream()
                .filter(one -> one.account() == account)
                .findFirst()
                .orElseThrow();
        return List.of(line.opening(), line.debits(), line.credits(), line.closing()).stream()
                .map(money -> money.isZero()
                        ? "0"
                        : money.amount().stripTrailingZeros().toPlainString())
                .reduce((left, right) -> left + " " + right)
                .orElseThrow();
    }
}
