package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.catalog.CurrencySettings;
import io.tenantry.catalog.fx.ExchangeRates;
import io.tenantry.cloud.provisioning.CustomerQuery;
import io.tenantry.cloud.provisioning.ServiceList;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lists never compare amounts of different currencies: they sort by currency, then by amount. */
class AmountsSortedByCurrencyTest {
    private static final Currency DOLLAR = Currency.getInstance("USD");

    private static InvoicingFixture invoicingFixture;
    private static BillingFixture billingFixture;
    private static Access access;
    private static TenantDirectory tenants;

    /** Invoices of 61.29 euros, 12.26 dollars and 6.13 euros. */
    @BeforeAll
    static void invoiceThreeCustomers() {
        invoicingFixture = GermanTaxFixture.open("sorted-by-currency", false);
        billingFixture = invoicingFixture.billingFixture;
        access = new Access(billingFixture.sql);
        tenants = new TenantDirectory(Database.administration());
        var currencies = new CurrencySettings(
                billingFixture.sql,
                billingFixture.clock,
                access,
                InvoicingFixture.trail(billingFixture),
                tenants,
                billingFixture.ledger,
                new ExchangeRates(billingFixture.sql));
        Database.asOwner("""
                insert into platform.exchange_rate (currency, day, per_euro, source, recorded_at, recorded_by)
                values ('USD', '2026-10-08', 1.1, 'ECB', now(), 'test'), ('USD', '2026-10-30', 1.0812, 'ECB', now(), 'test')
                on conflict do nothing
                """);
        billingFixture.clock.stopAt(RENTED);
        billingFixture.in(() -> currencies.open(DOLLAR));
        var rented = List.of(
                rent(billingFixture.wallet("10000"), billingFixture.price("73.00")),
                rent(
                        billingFixture.in(
                                () -> ItemsCharged.wallets(billingFixture).open(UUID.randomUUID(), DOLLAR)),
                        dollarPrice("14.60")),
                rent(billingFixture.wallet("10000"), billingFixture.price("7.30")));
        billingFixture.charge(IN_NOVEMBER);
        billingFixture.clock.stopAt(IN_NOVEMBER);
        rented.forEach(one -> invoicingFixture.issue(one.wallet(), OCTOBER));
    }

    private static BillingFixture.Rented rent(UUID wallet, UUID price) {
        invoicingFixture.name(wallet);
        return billingFixture.rent(wallet, price, RENTED);
    }

    private static UUID dollarPrice(String monthly) {
        var plan = billingFixture.plan();
        return billingFixture.in(() -> {
            var price = UUID.randomUUID();
            billingFixture.sql.update(
                    """
                    insert into price_version (id, plan_id, version, currency, monthly, hourly, wholesale_monthly, valid_from,
                                               published_at, published_by)
                    values (?, ?, 1, 'USD', ?, hourly_of(?), 0, ?, ?, 'test')
                    """, price, plan, new BigDecimal(monthly), new BigDecimal(monthly), RENTED, RENTED);
            return price;
        });
    }

    private static ListQuery sortedBy(String column, boolean isDescending) {
        return new ListQuery("", Map.of(), column, isDescending, 0, 100);
    }

    @Test
    void sortsDocumentsByCurrencyThenTotal() {
        var list = new DocumentList(billingFixture.sql, billingFixture.clock, access, tenants);

        assertThat(billingFixture.in(() -> list.rows(sortedBy("total", false))))
                .extracting(DocumentList.InvoiceSummary::total)
                .containsExactly(Money.of("6.13", "EUR"), Money.of("61.29", "EUR"), Money.of("12.26", "USD"));
        assertThat(billingFixture.in(() -> list.rows(sortedBy("total", true))))
                .extracting(DocumentList.InvoiceSummary::total)
                .containsExactly(Money.of("12.26", "USD"), Money.of("61.29", "EUR"), Money.of("6.13", "EUR"));
    }

    @Test
    void sortsCustomersByCurrencyThenBalanceAndCost() {
        var customers = new CustomerQuery(billingFixture.sql, access, tenants);

        var byBalance = billingFixture.in(() -> customers.rows(sortedBy("balance", false))).stream()
                .map(CustomerQuery.CustomerStatus::balance)
                .toList();
        assertThat(byBalance)
                .extracting(balance -> balance.currency().getCurrencyCode())
                .containsExactly("EUR", "EUR", "USD");
        assertThat(byBalance.get(0)).isLessThan(byBalance.get(1));
        var byCost = billingFixture.in(() -> customers.rows(sortedBy("pace", false))).stream()
                .map(CustomerQuery.CustomerStatus::burnPerHour)
                .toList();
        assertThat(byCost).extracting(cost -> cost.currency().getCurrencyCode()).containsExactly("EUR", "EUR", "USD");
        assertThat(byCost.get(0)).isLessThan(byCost.get(1));
    }

    @Test
    void sortsServicesByCurrencyThenPrice() {
        var services = new ServiceList(billingFixture.sql, access, billingFixture.clock);

        assertThat(billingFixture
                        .in(() -> services.find(Optional.empty(), sortedBy("hourly", false)))
                        .rows())
                .extracting(service -> service.hourly())
                .containsExactly(Money.of("0.01", "EUR"), Money.of("0.1", "EUR"), Money.of("0.02", "USD"));
        assertThat(billingFixture
                        .in(() -> services.find(Optional.empty(), sortedBy("this-month", false)))
                        .rows())
                .extracting(service -> service.hourly().currency().getCurrencyCode())
                .containsExactly("EUR", "EUR", "USD");
    }

    @Test
    void sortsInvoicingRunsByTheCurrencyOfTheReseller() {
        var sql = new Sql(Database.runtime());
        var list = new InvoiceRunList(sql, new TenantDirectory(Database.administration()) {
            @Override
            public List<Tenant> all() {
                return List.of(tenant("net-euro", "EUR"), tenant("net-yen", "JPY"), tenant("net-more", "EUR"));
            }
        });
        Database.rolledBack(Scope.WORK, () -> {
            run(sql, "net-euro", "900");
            run(sql, "net-yen", "5000");
            run(sql, "net-more", "70000");

            var runs = list.rows(new ListQuery("", Map.of(), "net", false, 0, 1000)).stream()
                    .map(run -> run.tenant().value())
                    .filter(name -> name.startsWith("net-"))
                    .toList();

            assertThat(runs).containsExactly("net-euro", "net-more", "net-yen");
        });
    }

    private static Tenant tenant(String name, String currency) {
        return new Tenant(
                new TenantId(name),
                name,
                Tenant.State.ACTIVE,
                Currency.getInstance(currency),
                ZoneOffset.UTC,
                Locale.ENGLISH,
                List.of(),
                Instant.EPOCH);
    }

    private static void run(Sql sql, String tenant, String net) {
        sql.update("""
                insert into invoicing_run (tenant, tenant_role, month, period_to, due_at, net)
                values (?, ?, '2031-01-01', '2031-02-01', '2031-02-01', ?)
                """, tenant, "tn_" + tenant.replace('-', '_'), new BigDecimal(net));
    }
}
