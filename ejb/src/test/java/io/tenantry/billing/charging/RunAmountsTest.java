package io.tenantry.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.dashboard.StaffDashboard;
import io.tenantry.billing.wallet.DailyCharges;
import io.tenantry.config.Settings;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.kernel.money.HourlyRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A reseller in euros that also sells in dollars: runs and plans state their amounts in each
 * currency. 7.30 a month is
 * 0.01 an hour.
 */
class RunAmountsTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final Currency EURO = Currency.getInstance("EUR");
    private static final Currency DOLLAR = Currency.getInstance("USD");

    /**
     * Six wallets in batches of four, by id: a batch ends at an id, whatever the currencies of its wallets are. None is left out, and none is
     * charged by two batches.
     *
     * @param order the currencies of the wallets in the order of their ids
     */
    @ParameterizedTest
    @ValueSource(strings = {"UUEUEE", "UEEEEE", "EUUUUU", "EEEUUU", "UUUEEE", "EUEUEU"})
    void addsBatchesPerCurrency(String order) {
        var billingFixture = rented("run-amounts-" + order.toLowerCase(Locale.ROOT), order);

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
                .containsExactly(List.of(), charged(order, 1), charged(order, 1), charged(order, 2));
        assertThat(runs).allSatisfy(run -> assertThat(run.state()).isEqualTo("DONE"));
        assertThat(billingFixture.faults()).isEmpty();
    }

    private static List<Money> charged(String order, int hours) {
        var dollars = order.chars().filter(each -> each == 'U').count();
        return List.of(
                Money.of("0.01", "EUR").times(hours * (order.length() - dollars)),
                Money.of("0.02", "USD").times(hours * dollars));
    }

    /** A plan that customers pay in both currencies has an amount in each, and all of its services are counted. */
    @Test
    void statesPlansOfTheDashboardPerCurrency() {
        var billingFixture = rented("plan-amounts", "EUEUEU");
        var tenants = new TenantDirectory(Database.administration());
        var dashboard = new StaffDashboard(
                new Access(billingFixture.sql) {
                    @Override
                    public Set<String> permissions() {
                        return Set.of(Permission.STAFF_SERVICES_VIEW);
                    }
                },
                billingFixture.sql,
                billingFixture.clock,
                tenants,
                new DailyCharges(billingFixture.sql, billingFixture.clock, tenants),
                new RunQuery());

        var plans = billingFixture.in(() -> dashboard.view().plans());

        assertThat(plans).singleElement().satisfies(plan -> {
            assertThat(plan.services()).isEqualTo(6);
            assertThat(plan.monthly()).containsExactly(Money.of("21.90", "EUR"), Money.of("43.80", "USD"));
        });
    }

    /** Customers rent a server of one plan, each in euros or dollars. */
    private static BillingFixture rented(String slug, String order) {
        var billingFixture = new BillingFixture(slug, "EUR", "UTC");
        billingFixture.clock.stopAt(NOON);
        sellInDollars(billingFixture);
        var plan = billingFixture.plan();
        var euros = billingFixture.price(plan, 1, "7.30");
        var dollars = dollarPrice(billingFixture, plan);
        for (var each = 0; each < order.length(); each++) {
            var isDollar = order.charAt(each) == 'U';
            var wallet = wallet(billingFixture, new UUID(0, each + 1), isDollar ? DOLLAR : EURO);
            billingFixture.rent(wallet, isDollar ? dollars : euros, NOON);
        }
        return billingFixture;
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

    private static UUID wallet(BillingFixture billingFixture, UUID id, Currency currency) {
        return billingFixture.in(() -> {
            billingFixture.ledger.openAccount(id, AccountKind.WALLET, currency);
            billingFixture.sql.update(
                    "insert into wallet (id, organization_id, currency, opened_at) values (?, ?, ?, ?)",
                    id,
                    UUID.randomUUID(),
                    currency,
                    NOON);
            return id;
        });
    }

    private static UUID dollarPrice(BillingFixture billingFixture, UUID plan) {
        return billingFixture.in(() -> {
            var price = UUID.randomUUID();
            var value = Money.of("14.60", "USD");
            billingFixture.sql.update(
                    """
                    insert into price_version (id, plan_id, version, currency, monthly, hourly, wholesale_monthly, valid_from,
                                               published_at, published_by)
                    values (?, ?, 2, 'USD', ?, ?, 0, ?, ?, 'test')
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
