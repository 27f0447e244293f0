package io.tenantry.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.config.Settings;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.kernel.money.HourlyRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A reseller in euros that also sells in dollars: a run states what it charged in each currency, exactly what the wallets paid. 7.30 a month is
 * 0.01 an hour.
 */
class RunAmountsTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final Currency DOLLAR = Currency.getInstance("USD");

    @Test
    void addsBatchesPerCurrency() {
        var billingFixture = new BillingFixture("run-amounts", "EUR", "UTC");
        billingFixture.clock.stopAt(NOON);
        sellInDollars(billingFixture);
        var euros = billingFixture.price("7.30");
        var dollars = dollarPrice(billingFixture, "14.60");
        for (var each = 0; each < 3; each++) {
            billingFixture.rent(billingFixture.wallet("0"), euros, NOON);
            billingFixture.rent(dollarWallet(billingFixture), dollars, NOON);
        }

        // Six wallets in batches of four, whose order by id is random: some batch has both currencies.
        charge(billingFixture, NOON.plus(Duration.ofHours(3)));
        charge(billingFixture, NOON.plus(Duration.ofHours(4)));
        charge(billingFixture, NOON.plus(Duration.ofHours(4)).plusSeconds(1));
        charge(billingFixture, NOON.plus(Duration.ofHours(4)).plusSeconds(2));

        var runQuery = new RunQuery();
        runQuery.sql = billingFixture.sql;
        var runs =
                Database.in(Scope.WORK, () -> runQuery.list(new RunQuery.Filter(billingFixture.tenant, false, 0, 10)));
        assertThat(runs)
                .extracting(RunQuery.RunSummary::amounts)
                .containsExactly(
                        List.of(),
                        List.of(Money.of("0.03", "EUR"), Money.of("0.06", "USD")),
                        List.of(Money.of("0.03", "EUR"), Money.of("0.06", "USD")),
                        List.of(Money.of("0.06", "EUR"), Money.of("0.12", "USD")));
        assertThat(runs).allSatisfy(run -> assertThat(run.state()).isEqualTo("DONE"));
        assertThat(billingFixture.faults()).isEmpty();
    }

    private static void charge(BillingFixture billingFixture, Instant until) {
        var runs = new ChargingRuns();
        runs.sql = billingFixture.sql;
        runs.clock = billingFixture.clock;
        runs.charging = billingFixture.charging;
        runs.tenants = new TenantDirectory(Database.administration());
        runs.settings = new Settings(
                Map.of("tenantry.node", "test", "tenantry.charging.batch-wallets", "4")::get, name -> null);
        Database.run(Scope.WORK, () -> runs.openAt(billingFixture.tenant, until));
        var run = Database.in(
                Scope.WORK,
                () -> billingFixture.sql.one(
                        "select id from charging_run where tenant = ? and until = ?",
                        row -> row.big("id"),
                        billingFixture.tenant.value(),
                        until));
        var claim = Database.in(
                billingFixture.tenant, () -> runs.plan(new ChargingRuns.UnslicedRun(run, billingFixture.tenant)));
        while (claim.isPresent()) {
            var next = claim.get();
            claim = Database.in(billingFixture.tenant, () -> runs.chargeNext(next));
        }
    }

    private static void sellInDollars(BillingFixture billingFixture) {
        billingFixture.in(() -> {
            billingFixture.sql.update(
                    "insert into sales_currency (code, decimals, opened_at, opened_by) values ('USD', 2, ?, 'test')",
                    NOON);
            return List.of(
                    billingFixture.ledger.account(AccountKind.REVENUE, DOLLAR),
                    billingFixture.ledger.account(AccountKind.TAX, DOLLAR));
        });
    }

    private static UUID dollarWallet(BillingFixture billingFixture) {
        return billingFixture.in(() -> {
            var id = UUID.randomUUID();
            billingFixture.ledger.openAccount(id, AccountKind.WALLET, DOLLAR);
            billingFixture.sql.update(
                    "insert into wallet (id, organization_id, currency, opened_at) values (?, ?, 'USD', ?)",
                    id,
                    UUID.randomUUID(),
                    NOON);
            return id;
        });
    }

    private static UUID dollarPrice(BillingFixture billingFixture, String monthly) {
        var plan = billingFixture.plan();
        return billingFixture.in(() -> {
            var price = UUID.randomUUID();
            var value = Money.of(monthly, "USD");
            billingFixture.sql.update(
                    """
                    insert into price_version (id, plan_id, version, currency, monthly, hourly, wholesale_monthly, valid_from,
                                               published_at, published_by)
                    values (?, ?, 1, 'USD', ?, ?, 0, ?, ?, 'test')
                    """,
                    price,
                    plan,
                    value.amount(),
                    HourlyRate.ofMonthly(value).perHour().amount(),
                    NOON,
                    NOON);
            return price;
        });
    }
}
