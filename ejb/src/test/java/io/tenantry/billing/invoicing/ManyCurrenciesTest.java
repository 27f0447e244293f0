package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.reports.TaxSums;
import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.billing.wallet.RevenueQuery;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.catalog.Currencies;
import io.tenantry.catalog.CurrencySettings;
import io.tenantry.catalog.fx.ExchangeRates;
import io.tenantry.kernel.money.HourlyRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.SqlFailure;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A German reseller that also sells in dollars and yen: each currency in its own ledger, documents also stated in euros. 7.30 a month is 0.01
 * an hour.
 */
class ManyCurrenciesTest {
    private static final Currency DOLLAR = Currency.getInstance("USD");
    private static final Currency YEN = Currency.getInstance("JPY");
    private static final Currency ZLOTY = Currency.getInstance("PLN");

    private static InvoicingFixture invoicingFixture;
    private static BillingFixture billingFixture;
    private static CurrencySettings currencies;

    @BeforeAll
    static void open() {
        invoicingFixture = GermanTaxFixture.open("currencies", false);
        billingFixture = invoicingFixture.billingFixture;
        var tenants = new TenantDirectory(Database.administration());
        currencies = new CurrencySettings(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                tenants,
                billingFixture.ledger,
                new ExchangeRates(billingFixture.sql));
        Database.asOwner("""
                insert into platform.exchange_rate (currency, day, per_euro, source, recorded_at, recorded_by)
                values ('USD', '2026-10-08', 1.1, 'ECB', now(), 'test'), ('JPY', '2026-10-08', 160, 'ECB', now(), 'test'),
                       ('USD', '2026-10-30', 1.0812, 'ECB', now(), 'test'), ('USD', '2026-11-02', 1.2, 'ECB', now(), 'test')
                on conflict do nothing
                """);
        billingFixture.clock.stopAt(RENTED);
        billingFixture.in(() -> currencies.open(DOLLAR));
        billingFixture.in(() -> currencies.open(YEN));
    }

    @BeforeEach
    void startInOctober() {
        billingFixture.clock.stopAt(RENTED);
    }

    @AfterEach
    void assertLedgerIsConsistent() {
        assertThat(AuditorFixture.found(
                        billingFixture.tenant,
                        "invoice",
                        "tax",
                        "wallet-",
                        "period",
                        "charges-match-periods",
                        "entry-balances",
                        "running-balance",
                        "month-cap"))
                .isEmpty();
    }

    @Test
    void sellsInACurrencyOnlyWithAnExchangeRate() {
        assertThat(billingFixture.in(() -> currencies.open(ZLOTY)))
                .isEqualTo(CurrencySettings.Outcome.NO_EXCHANGE_RATE);
        assertThat(billingFixture.in(() -> currencies.open(Currency.getInstance("EUR"))))
                .isEqualTo(CurrencySettings.Outcome.INVALID);
        assertThat(billingFixture.in(() -> currencies.open(DOLLAR))).isEqualTo(CurrencySettings.Outcome.UNCHANGED);
        assertThat(currenciesOnSale()).containsExactly("EUR", "JPY", "USD");

        assertThat(billingFixture.in(() -> currencies.close(YEN))).isTrue();
        assertThat(billingFixture.in(() -> currencies.close(YEN))).isFalse();
        assertThat(currenciesOnSale()).containsExactly("EUR", "USD");
        assertThat(billingFixture.in(() -> currencies.open(YEN))).isEqualTo(CurrencySettings.Outcome.DONE);
    }

    @Test
    void chargesBatchesOfSeveralCurrenciesWithBalancedEntries() {
        var euros = rent("EUR", "7.30");
        var dollars = rent("USD", "14.60");
        var before = billingFixture.balance(dollars.wallet());

        billingFixture.charge(RENTED.plus(Duration.ofHours(3)));
        var again = billingFixture.charge(RENTED.plus(Duration.ofHours(3)));

        // The first hour was charged at its start; two more followed, each plus 19 percent tax.
        assertThat(billingFixture.hours(euros)).isEqualTo(3);
        assertThat(billingFixture.hours(dollars)).isEqualTo(3);
        assertThat(before.minus(billingFixture.balance(dollars.wallet())).amount())
                .isEqualByComparingTo("0.0476");
        assertThat(again.hours()).isZero();
        assertThat(billingFixture.in(() -> billingFixture.sql.query(
                        "select entry_id from posting group by entry_id having count(distinct currency) > 1",
                        row -> row.big("entry_id"))))
                .as("one entry per currency")
                .isEmpty();
    }

    /** Revenue is of one currency; days exclude tax, the amounts of customers include it. */
    @Test
    void statesRevenueOfOneCurrencyWithAndWithoutTax() {
        var revenue = new RevenueQuery(
                billingFixture.sql,
                new Access(billingFixture.sql),
                billingFixture.clock,
                new TenantDirectory(Database.administration()));
        rent("EUR", "7.30");
        var dollars = rent("USD", "14.60");
        billingFixture.charge(RENTED.plus(Duration.ofHours(3)));
        billingFixture.clock.stopAt(RENTED.plus(Duration.ofHours(3)));
        var wish = new ListQuery("", Map.of(RevenueQuery.CURRENCY, "USD"), "", false, 0, 100);
        billingFixture.in(() -> billingFixture.sql.update(
                "update organization set name = 'Dollars' where id = ?", organization(dollars.wallet())));

        var customer = billingFixture.in(() -> revenue.find(wish)).rows().stream()
                .filter(one -> one.name().equals("Dollars"))
                .findFirst()
                .orElseThrow();
        var days = billingFixture.in(() -> revenue.days(wish));

        // Three hours of 0.02, plus 19 percent tax.
        assertThat(customer.amount()).isEqualTo(Money.of("0.0714", "USD"));
        assertThat(days).allSatisfy(day -> assertThat(day.amount().currency()).isEqualTo(DOLLAR));
        assertThat(days.stream().map(RevenueQuery.Day::amount).reduce(Money.zero(DOLLAR), Money::plus))
                .isEqualTo(billingFixture.in(() -> billingFixture.sql.one(
                        """
                        select sum(p.amount) as net
                          from posting p
                          join ledger_account a on a.id = p.account_id
                          join journal_entry e on e.id = p.entry_id
                         where a.kind = 'REVENUE' and a.currency = 'USD' and e.effective_at < ?
                        """, row -> new Money(row.decimal("net"), DOLLAR), RENTED.plus(Duration.ofDays(1)))));
    }

    @Test
    void keepsTheRateOfTheLastDayOfTheMonthAndStatesTaxInEuros() {
        var rented = rent("USD", "14.60", "NL");
        billingFixture.charge(IN_NOVEMBER);
        billingFixture.end(rented, IN_NOVEMBER);
        billingFixture.clock.stopAt(IN_NOVEMBER);

        invoicingFixture.issue(rented.wallet(), OCTOBER);

        var invoiceDetails = details(invoicingFixture.document(rented.wallet()).id());
        // 515 hours of 0.02: 10.30, plus 21 percent tax 2.163; Saturday the 31st has the rate of Friday
        assertThat(invoiceDetails.total()).isEqualTo(Money.of("12.46", "USD"));
        assertThat(invoiceDetails.tax()).isEqualTo(Money.of("2.16", "USD"));
        var rate = invoiceDetails.rate().orElseThrow();
        assertThat(rate.perHome()).isEqualByComparingTo("1.0812");
        assertThat(rate.day()).hasToString("2026-10-30");
        assertThat(rate.source()).isEqualTo("ECB");
        assertThat(rate.coins(invoiceDetails.tax())).isEqualTo(Money.of("2.00", "EUR"));
        assertThat(rate.coins(invoiceDetails.total())).isEqualTo(Money.of("11.52", "EUR"));
        assertThat(TaxSums.of(billingFixture, "2026-10-01", "2026-10-31")).contains("NL TAXED 9.53000000 2");
        assertThatThrownBy(() -> billingFixture.in(
                        () -> billingFixture.sql.update("update invoice_exchange_rate set per_base_currency = 1")))
                .isInstanceOf(SqlFailure.class);
    }

    @Test
    void convertsTheNetAmountOfABatchToTheBaseCurrency() {
        var rented = rent("USD", "14.60");
        billingFixture.charge(IN_NOVEMBER);
        billingFixture.end(rented, IN_NOVEMBER);
        billingFixture.clock.stopAt(IN_NOVEMBER);

        var batch = invoicingFixture.issue(rented.wallet(), OCTOBER);

        assertThat(batch.documents()).isOne();
        assertThat(batch.net()).as("10.30 dollars at 1.0812").isEqualByComparingTo("9.52645209");
    }

    @Test
    void convertsACorrectionAtTheRateOfItsInvoice() {
        var rented = rent("USD", "14.60");
        billingFixture.charge(IN_NOVEMBER);
        billingFixture.end(rented, IN_NOVEMBER);
        billingFixture.clock.stopAt(IN_NOVEMBER);
        invoicingFixture.issue(rented.wallet(), OCTOBER);
        var notes = new CreditNotes(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                new TenantDirectory(Database.administration()),
                ItemsCharged.items(billingFixture));
        var id = UUID.randomUUID();
        var invoice = invoicingFixture.document(rented.wallet()).id();

        billingFixture.in(() -> notes.issue(id, invoice, Map.of(1, new BigDecimal("1")), "it was down"));

        var invoiceDetails = details(id);
        assertThat(invoiceDetails.total()).isEqualTo(Money.of("-1.19", "USD"));
        assertThat(invoiceDetails.rate().orElseThrow().perHome()).isEqualByComparingTo("1.0812");
        assertThat(invoiceDetails.rate().orElseThrow().coins(invoiceDetails.tax()))
                .isEqualTo(Money.of("-0.18", "EUR"));
    }

    @Test
    void waitsForAMissingExchangeRate() {
        var rented = rent("JPY", "7300");
        billingFixture.charge(IN_NOVEMBER);
        billingFixture.end(rented, IN_NOVEMBER);
        billingFixture.clock.stopAt(IN_NOVEMBER);

        assertThat(invoicingFixture.issue(rented.wallet(), OCTOBER).waiting()).isOne();
        assertThat(invoicingFixture.documents(rented.wallet())).isEmpty();

        Database.asOwner("""
                insert into platform.exchange_rate (currency, day, per_euro, source, recorded_at, recorded_by)
                values ('JPY', '2026-10-29', 161.5, 'ECB', now(), 'test')
                """);
        invoicingFixture.issue(rented.wallet(), OCTOBER);

        // Yen have no decimals: 515 hours of 10 and their tax of 978.5 are rounded to a whole number.
        assertThat(invoicingFixture.document(rented.wallet()).total()).isEqualByComparingTo("6129");
        assertThat(inEuros(rented.wallet())).isEqualTo(Money.of("6.06", "EUR"));

        // A corrected rate applies to later documents; an issued one keeps its rate.
        Database.asOwner("""
                insert into platform.exchange_rate (currency, day, version, per_euro, source, recorded_at, recorded_by, reason)
                values ('JPY', '2026-10-29', 2, 150, 'ECB', now(), 'test', 'typing error')
                """);
        billingFixture.clock.stopAt(RENTED);
        var later = rent("JPY", "7300");
        billingFixture.charge(IN_NOVEMBER);
        billingFixture.end(later, IN_NOVEMBER);
        billingFixture.clock.stopAt(IN_NOVEMBER);
        invoicingFixture.issue(later.wallet(), OCTOBER);

        assertThat(inEuros(later.wallet())).isEqualTo(Money.of("6.53", "EUR"));
        assertThat(inEuros(rented.wallet())).isEqualTo(Money.of("6.06", "EUR"));
    }

    /** Converts an amount as the wallet's document does. */
    private static Money inEuros(UUID wallet) {
        return details(invoicingFixture.document(wallet).id())
                .rate()
                .orElseThrow()
                .coins(Money.of("979", "JPY"));
    }

    @Test
    void changesCurrencyOnlyWithoutServicesAndBalance() {
        var wallets = ItemsCharged.wallets(billingFixture);
        var rented = rent("USD", "14.60");
        var organization = organization(rented.wallet());
        assertThat(billingFixture.in(() -> wallets.change(organization, YEN))).isFalse();

        billingFixture.end(rented, RENTED.plus(Duration.ofMinutes(5)));
        assertThat(billingFixture.in(() -> wallets.change(organization, YEN))).isFalse();
        payBalance(rented.wallet());
        billingFixture.topUp(rented.wallet(), "0");
        assertThat(billingFixture.in(() -> wallets.change(organization, YEN))).isTrue();

        assertThat(billingFixture.in(() -> wallets.currency(organization))).isEqualTo(YEN);
        assertThat(billingFixture.in(() -> wallets.ofOrganization(organization)))
                .hasSize(1);
        // Changed back: it is the same wallet as before.
        assertThat(billingFixture.in(() -> wallets.change(organization, DOLLAR)))
                .isTrue();
        assertThat(billingFixture
                        .in(() -> wallets.paying(organization))
                        .orElseThrow()
                        .id())
                .isEqualTo(rented.wallet());
    }

    private static List<String> currenciesOnSale() {
        return billingFixture
                .in(() -> new Currencies(billingFixture.sql, new TenantDirectory(Database.administration())).sold())
                .stream()
                .map(Currency::getCurrencyCode)
                .toList();
    }

    private static InvoiceQuery.InvoiceDetails details(UUID id) {
        var invoiceQuery = new InvoiceQuery(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                new TenantDirectory(Database.administration()),
                invoicingFixture.invoicing);
        return billingFixture.in(() -> invoiceQuery.one(id));
    }

    /** Creates a service of a new customer that pays in that currency. */
    private static BillingFixture.Rented rent(String currency, String monthly) {
        return rent(currency, monthly, "DE");
    }

    private static BillingFixture.Rented rent(String currency, String monthly, String country) {
        var wallet = currency.equals("EUR") ? billingFixture.wallet("10000") : foreignWallet(currency);
        invoicingFixture.name(wallet);
        billingFixture.in(() -> billingFixture.sql.update(
                "update organization set country = ? where id = (select organization_id from wallet where id = ?)",
                country,
                wallet));
        return billingFixture.rent(wallet, price(currency, monthly), RENTED);
    }

    private static UUID foreignWallet(String currency) {
        return billingFixture.in(() -> {
            var organization = UUID.randomUUID();
            return ItemsCharged.wallets(billingFixture).open(organization, Currency.getInstance(currency));
        });
    }

    private static UUID price(String currency, String monthly) {
        var plan = billingFixture.plan();
        return billingFixture.in(() -> {
            var price = UUID.randomUUID();
            var value = Money.of(monthly, currency);
            billingFixture.sql.update(
                    """
                    insert into price_version (id, plan_id, version, currency, monthly, hourly, wholesale_monthly, valid_from,
                                               published_at, published_by)
                    values (?, ?, 1, ?, ?, ?, 0, ?, ?, 'test')
                    """,
                    price,
                    plan,
                    currency,
                    value.amount(),
                    HourlyRate.ofMonthly(value).perHour().amount(),
                    RENTED,
                    RENTED);
            return price;
        });
    }

    private static UUID organization(UUID wallet) {
        return billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
    }

    /** Pays the amount due. */
    private static void payBalance(UUID wallet) {
        billingFixture.in(() -> {
            var wallets = ItemsCharged.wallets(billingFixture);
            var balance = wallets.find(wallet).orElseThrow().balance();
            return wallets.credit(new Wallets.Movement(
                    wallet,
                    balance.negated(),
                    Wallets.Counterpart.CASH,
                    "paid",
                    UUID.randomUUID().toString()));
        });
    }
}
