package io.tenantry.invoicing;

import static io.tenantry.invoicing.Office.IN_NOVEMBER;
import static io.tenantry.invoicing.Office.OCTOBER;
import static io.tenantry.invoicing.Office.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.auditor.Rig;
import io.tenantry.catalog.Currencies;
import io.tenantry.catalog.SalesCurrencies;
import io.tenantry.charging.Books;
import io.tenantry.exchange.ExchangeRates;
import io.tenantry.identity.Access;
import io.tenantry.money.Money;
import io.tenantry.money.Rate;
import io.tenantry.reports.TaxSums;
import io.tenantry.tenancy.SqlFailure;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.wallet.ItemsTaken;
import io.tenantry.wallet.Wallets;
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

/** A German reseller that sells in dollars and yen too: each currency in its own books, documents told in euros besides. 7.30 a month is 0.01 an hour. */
class ManyCurrenciesTest {
    private static final Currency DOLLAR = Currency.getInstance("USD");
    private static final Currency YEN = Currency.getInstance("JPY");
    private static final Currency ZLOTY = Currency.getInstance("PLN");

    private static Office office;
    private static Books books;
    private static SalesCurrencies currencies;

    @BeforeAll
    static void open() {
        office = TaxedOffice.open("currencies", false);
        books = office.books;
        var tenants = new TenantDirectory(Database.administration());
        currencies = new SalesCurrencies(
                books.sql,
                books.clock,
                new Access(books.sql),
                Office.trail(books),
                tenants,
                books.ledger,
                new ExchangeRates(books.sql));
        Database.asOwner("""
                insert into platform.exchange_rate (currency, day, per_euro, source, noted_at, noted_by)
                values ('USD', '2026-10-08', 1.1, 'ECB', now(), 'test'), ('JPY', '2026-10-08', 160, 'ECB', now(), 'test'),
                       ('USD', '2026-10-30', 1.0812, 'ECB', now(), 'test'), ('USD', '2026-11-02', 1.2, 'ECB', now(), 'test')
                on conflict do nothing
                """);
        books.clock.stopAt(RENTED);
        books.in(() -> currencies.open(DOLLAR));
        books.in(() -> currencies.open(YEN));
    }

    @BeforeEach
    void beginInOctober() {
        books.clock.stopAt(RENTED);
    }

    @AfterEach
    void booksAreInOrder() {
        assertThat(Rig.found(books.tenant))
                .noneMatch(found -> found.invariant().startsWith("invoice")
                        || found.invariant().startsWith("tax")
                        || found.invariant().startsWith("wallet-")
                        || found.invariant().startsWith("period")
                        || List.of("charges-match-periods", "entry-balances", "running-balance", "month-cap")
                                .contains(found.invariant()));
    }

    @Test
    void aCurrencyIsSoldInOnceSomebodyHasSaidWhatItIsWorth() {
        assertThat(books.in(() -> currencies.open(ZLOTY))).isEqualTo(SalesCurrencies.Outcome.UNRATED);
        assertThat(books.in(() -> currencies.open(Currency.getInstance("EUR"))))
                .isEqualTo(SalesCurrencies.Outcome.INVALID);
        assertThat(books.in(() -> currencies.open(DOLLAR))).isEqualTo(SalesCurrencies.Outcome.UNCHANGED);
        assertThat(sold()).containsExactly("EUR", "JPY", "USD");

        assertThat(books.in(() -> currencies.close(YEN))).isTrue();
        assertThat(books.in(() -> currencies.close(YEN))).isFalse();
        assertThat(sold()).containsExactly("EUR", "USD");
        assertThat(books.in(() -> currencies.open(YEN))).isEqualTo(SalesCurrencies.Outcome.DONE);
    }

    @Test
    void wholeBatchesOfSeveralCurrenciesAreChargedAndEachBalances() {
        var euros = rent("EUR", "7.30");
        var dollars = rent("USD", "14.60");
        var before = books.balance(dollars.wallet());

        books.charge(RENTED.plus(Duration.ofHours(3)));
        var again = books.charge(RENTED.plus(Duration.ofHours(3)));

        // The first hour was charged with the beginning; two more were, each with 19 percent upon it.
        assertThat(books.hours(euros)).isEqualTo(3);
        assertThat(books.hours(dollars)).isEqualTo(3);
        assertThat(before.minus(books.balance(dollars.wallet())).amount()).isEqualByComparingTo("0.0476");
        assertThat(again.hours()).isZero();
        assertThat(books.in(() -> books.sql.query(
                        "select entry_id from posting group by entry_id having count(distinct currency) > 1",
                        row -> row.big("entry_id"))))
                .as("each currency is an entry of its own")
                .isEmpty();
    }

    @Test
    void aDocumentKeepsTheRateOfItsMonthsLastDayAndTellsItsTaxInEuros() {
        var rented = rent("USD", "14.60", "NL");
        books.charge(IN_NOVEMBER);
        books.end(rented, IN_NOVEMBER);
        books.clock.stopAt(IN_NOVEMBER);

        office.issue(rented.wallet(), OCTOBER);

        var paper = paper(office.document(rented.wallet()).id());
        // 515 hours of 0.02: 10.30, 21 percent upon it 2.163; Saturday the 31st has the rate of Friday
        assertThat(paper.total()).isEqualTo(Money.of("12.46", "USD"));
        assertThat(paper.tax()).isEqualTo(Money.of("2.16", "USD"));
        var rate = paper.rate().orElseThrow();
        assertThat(rate.perHome()).isEqualByComparingTo("1.0812");
        assertThat(rate.day()).hasToString("2026-10-30");
        assertThat(rate.source()).isEqualTo("ECB");
        assertThat(rate.coins(paper.tax())).isEqualTo(Money.of("2.00", "EUR"));
        assertThat(rate.coins(paper.total())).isEqualTo(Money.of("11.52", "EUR"));
        assertThat(TaxSums.of(books, "2026-10-01", "2026-10-31")).contains("NL TAXED 9.52645209 2");
        assertThatThrownBy(() -> books.in(() -> books.sql.update("update invoice_rate set per_home = 1")))
                .isInstanceOf(SqlFailure.class);
    }

    @Test
    void aCorrectionIsToldAtTheRateOfWhatItCorrects() {
        var rented = rent("USD", "14.60");
        books.charge(IN_NOVEMBER);
        books.end(rented, IN_NOVEMBER);
        books.clock.stopAt(IN_NOVEMBER);
        office.issue(rented.wallet(), OCTOBER);
        var notes = new CreditNotes(
                books.sql,
                books.clock,
                new Access(books.sql),
                Office.trail(books),
                new TenantDirectory(Database.administration()),
                ItemsTaken.wallets(books));
        var id = UUID.randomUUID();
        var invoice = office.document(rented.wallet()).id();

        books.in(() -> notes.issue(id, invoice, Map.of(1, new BigDecimal("1")), "it was down"));

        var paper = paper(id);
        assertThat(paper.total()).isEqualTo(Money.of("-1.19", "USD"));
        assertThat(paper.rate().orElseThrow().perHome()).isEqualByComparingTo("1.0812");
        assertThat(paper.rate().orElseThrow().coins(paper.tax())).isEqualTo(Money.of("-0.18", "EUR"));
    }

    @Test
    void aDocumentWaitsForItsRate() {
        var rented = rent("JPY", "7300");
        books.charge(IN_NOVEMBER);
        books.end(rented, IN_NOVEMBER);
        books.clock.stopAt(IN_NOVEMBER);

        assertThat(office.issue(rented.wallet(), OCTOBER).waiting()).isOne();
        assertThat(office.documents(rented.wallet())).isEmpty();

        Database.asOwner("""
                insert into platform.exchange_rate (currency, day, per_euro, source, noted_at, noted_by)
                values ('JPY', '2026-10-29', 161.5, 'ECB', now(), 'test')
                """);
        office.issue(rented.wallet(), OCTOBER);

        // Yen have no decimals: 515 hours of 10 and their tax of 978.5 are a whole number of them.
        assertThat(office.document(rented.wallet()).total()).isEqualByComparingTo("6129");
        assertThat(paper(office.document(rented.wallet()).id())
                        .rate()
                        .orElseThrow()
                        .coins(Money.of("979", "JPY")))
                .isEqualTo(Money.of("6.06", "EUR"));
    }

    @Test
    void anOrganizationPaysInAnotherCurrencyWhenNothingRunsAndNothingIsLeft() {
        var wallets = ItemsTaken.wallets(books);
        var rented = rent("USD", "14.60");
        var organization = organization(rented.wallet());
        assertThat(books.in(() -> wallets.change(organization, YEN))).isFalse();

        books.end(rented, RENTED.plus(Duration.ofMinutes(5)));
        assertThat(books.in(() -> wallets.change(organization, YEN))).isFalse();
        empty(rented.wallet());
        books.topUp(rented.wallet(), "0");
        assertThat(books.in(() -> wallets.change(organization, YEN))).isTrue();

        assertThat(books.in(() -> wallets.currency(organization))).isEqualTo(YEN);
        assertThat(books.in(() -> wallets.of(organization))).hasSize(1);
        // Back again: it is the wallet that it had.
        assertThat(books.in(() -> wallets.change(organization, DOLLAR))).isTrue();
        assertThat(books.in(() -> wallets.paying(organization)).orElseThrow().id())
                .isEqualTo(rented.wallet());
    }

    private static List<String> sold() {
        return books.in(() -> new Currencies(books.sql, new TenantDirectory(Database.administration())).sold()).stream()
                .map(Currency::getCurrencyCode)
                .toList();
    }

    private static Documents.Paper paper(UUID id) {
        var documents = new Documents(
                books.sql,
                books.clock,
                new Access(books.sql),
                new TenantDirectory(Database.administration()),
                office.invoicing);
        return books.in(() -> documents.one(id));
    }

    /** A service of a new customer that pays in that currency. */
    private static Books.Rented rent(String currency, String monthly) {
        return rent(currency, monthly, "DE");
    }

    private static Books.Rented rent(String currency, String monthly, String country) {
        var wallet = currency.equals("EUR") ? books.wallet("10000") : foreign(currency);
        office.name(wallet);
        books.in(() -> books.sql.update(
                "update organization set country = ? where id = (select organization_id from wallet where id = ?)",
                country,
                wallet));
        return books.rent(wallet, price(currency, monthly), RENTED);
    }

    private static UUID foreign(String currency) {
        return books.in(() -> {
            var organization = UUID.randomUUID();
            return ItemsTaken.wallets(books).open(organization, Currency.getInstance(currency));
        });
    }

    private static UUID price(String currency, String monthly) {
        var plan = books.plan();
        return books.in(() -> {
            var price = UUID.randomUUID();
            var value = Money.of(monthly, currency);
            books.sql.update(
                    """
                    insert into price_version (id, plan_id, version, currency, monthly, hourly, wholesale_monthly, valid_from,
                                               published_at, published_by)
                    values (?, ?, 1, ?, ?, ?, 0, ?, ?, 'test')
                    """,
                    price,
                    plan,
                    currency,
                    value.amount(),
                    Rate.ofMonthly(value).perHour().amount(),
                    RENTED,
                    RENTED);
            return price;
        });
    }

    private static UUID organization(UUID wallet) {
        return books.in(() -> books.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
    }

    /** Somebody pays what is owed. */
    private static void empty(UUID wallet) {
        books.in(() -> {
            var wallets = ItemsTaken.wallets(books);
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
