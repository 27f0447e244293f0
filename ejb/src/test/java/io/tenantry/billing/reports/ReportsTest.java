package io.tenantry.billing.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.accounting.AccountingPeriod;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A German reseller from September to January: Anna of Germany rents all the time, Bruno of Austria ends in November, Clara of Italy is in
 * debt. A server is 7.30 a month, which is 0.01 an hour. Part of Bruno's October invoice is credited in January.
 */
class ReportsTest {
    private static final Currency EURO = Currency.getInstance("EUR");
    private static final Instant SEPTEMBER_ENDED = Instant.parse("2026-09-30T22:00:00Z");
    private static final Instant OCTOBER_ENDED = Instant.parse("2026-10-31T23:00:00Z");
    private static final Instant NOVEMBER_ENDED = Instant.parse("2026-11-30T23:00:00Z");
    private static final Instant DECEMBER_ENDED = Instant.parse("2026-12-31T23:00:00Z");
    private static final Instant NOW = Instant.parse("2027-01-10T12:00:00Z");

    private static BillingFixture billingFixture;
    private static RevenueReports revenueReports;
    private static Receivables receivables;

    @BeforeAll
    static void simulateFourMonths() {
        billingFixture = new BillingFixture("reported", "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(Instant.parse("2026-09-20T08:20:00Z"));
        var invoicingFixture = new InvoicingFixture(billingFixture);
        for (var scheme : List.of("DOMESTIC", "OSS")) {
            billingFixture.in(() -> billingFixture.sql.update("""
                    insert into tax_registration (country, number, scheme, from_at, recorded_at, recorded_by)
                    values ('DE', 'DE999999995', ?, '2026-01-01', now(), 'test')
                    """, scheme));
        }
        for (var kind : List.of(AccountKind.TAX, AccountKind.ROUNDING)) {
            billingFixture.in(() -> billingFixture.ledger.account(
                    kind, billingFixture.money("0").currency()));
        }
        var price = billingFixture.price("7.30");
        var anna = wallet(invoicingFixture, "Anna", "DE", "1000");
        var bruno = wallet(invoicingFixture, "Bruno", "AT", "1000");
        billingFixture.rent(anna, price, billingFixture.clock.instant());
        billingFixture.charge(SEPTEMBER_ENDED);
        billingFixture.clock.stopAt(Instant.parse("2026-10-10T12:20:00Z"));
        var ended = billingFixture.rent(bruno, price, billingFixture.clock.instant());
        billingFixture.charge(OCTOBER_ENDED);
        billingFixture.clock.stopAt(Instant.parse("2026-11-04T00:00:00Z"));
        invoicingFixture.issue(bruno, InvoicingFixture.OCTOBER);
        billingFixture.charge(Instant.parse("2026-11-15T12:20:00Z"));
        billingFixture.end(ended, Instant.parse("2026-11-15T12:20:00Z"));
        billingFixture.charge(NOVEMBER_ENDED);
        var clara = wallet(invoicingFixture, "Clara", "IT", "0");
        billingFixture.limit(clara, new BigDecimal("100"));
        billingFixture.clock.stopAt(NOVEMBER_ENDED);
        billingFixture.rent(clara, billingFixture.price("14.60"), NOVEMBER_ENDED);
        billingFixture.charge(DECEMBER_ENDED);
        billingFixture.charge(NOW);
        billingFixture.clock.stopAt(NOW);
        invoicingFixture.credit(bruno, "1.00");
        revenueReports = new RevenueReports(
                billingFixture.sql,
                new Access(billingFixture.sql),
                billingFixture.clock,
                new TenantDirectory(Database.administration()));
        receivables = new Receivables(
                billingFixture.sql,
                new Access(billingFixture.sql),
                billingFixture.clock,
                new TenantDirectory(Database.administration()));
    }

    private static UUID wallet(InvoicingFixture invoicingFixture, String name, String country, String amount) {
        var wallet = billingFixture.wallet(amount);
        invoicingFixture.name(wallet);
        billingFixture.in(() -> billingFixture.sql.update(
                "update organization set name = ?, country = ? where id = (select organization_id from wallet where id = ?)",
                name,
                country,
                wallet));
        return wallet;
    }

    @Test
    void revenueAndTaxMatchTheLedgerForEachMonth() {
        var sold = billingFixture.in(() -> revenueReports.revenue(EURO));
        for (var month :
                List.of(YearMonth.of(2026, 9), YearMonth.of(2026, 10), YearMonth.of(2026, 11), YearMonth.of(2027, 1))) {
            var of = sold.stream().filter(one -> one.month().equals(month)).toList();
            assertThat(of).as(month.toString()).isNotEmpty();
            assertThat(of.stream().map(one -> one.net().amount()).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .as(month + " net")
                    .isEqualByComparingTo(ledger(AccountKind.REVENUE, month));
        }
        assertThat(sold)
                .filteredOn(one -> one.kind().equals("CORRECTION"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.month()).isEqualTo(YearMonth.of(2027, 1));
                    assertThat(one.net()).isEqualTo(billingFixture.money("-1"));
                    assertThat(one.tax()).isEqualTo(billingFixture.money("-0.2"));
                });
        assertThat(sold.stream().map(RevenueReports.ProductRevenue::tax).reduce(billingFixture.money("0"), Money::plus))
                .isEqualTo(billingFixture.money(taxOfEntries()));
    }

    private static BigDecimal ledger(AccountKind kind, YearMonth month) {
        return billingFixture.in(
                () -> billingFixture.sql.one("""
                select coalesce(sum(p.amount), 0) as amount
                  from posting p
                  join ledger_account a on a.id = p.account_id and a.kind = ?
                  join journal_entry e on e.id = p.entry_id
                 where to_char((e.effective_at - interval '1 microsecond') at time zone 'Europe/Berlin', 'YYYY-MM') = ?
                """, row -> row.decimal("amount"), kind, month.toString()));
    }

    private static String taxOfEntries() {
        return billingFixture.in(() -> billingFixture.sql.one("""
                select sum(p.amount)::text as amount
                  from posting p
                  join ledger_account a on a.id = p.account_id and a.kind = 'TAX'
                 where exists (select from posting r
                                 join ledger_account b on b.id = r.account_id and b.kind = 'REVENUE'
                                where r.entry_id = p.entry_id)
                """, row -> row.text("amount")));
    }

    @Test
    void reportsRecurringRevenueAndChurn() {
        assertThat(billingFixture.in(() -> revenueReports.recurring(EURO)).subList(8, 12).stream()
                        .map(one -> one.month() + " " + one.isOver() + " "
                                + one.monthly().amount().stripTrailingZeros() + " "
                                + one.yearly().amount().stripTrailingZeros() + " " + one.services() + " "
                                + one.customers() + " +" + one.came() + " -" + one.gone() + " "
                                + one.churn().orElse(BigDecimal.ZERO)))
                .containsExactly(
                        "2026-10 true 14.6 175.2 2 2 +1 -0 0.0000",
                        "2026-11 true 7.3 87.6 1 1 +0 -1 0.5000",
                        "2026-12 true 21.9 262.8 2 2 +1 -0 0.0000",
                        "2027-01 false 21.9 262.8 2 2 +0 -0 0.0000");
    }

    @Test
    void reportsMarginsOfSettledMonths() {
        billingFixture.in(() -> billingFixture.sql.one(
                "select collect_wholesale('2026-11-01', ?, ?, ?, 'Europe/Berlin', 'EUR', ?) as run",
                row -> row.uuid("run"),
                UUID.randomUUID(),
                OCTOBER_ENDED,
                NOVEMBER_ENDED,
                NOW));
        assertThat(billingFixture.in(() -> revenueReports.settledMonths())).containsExactly(YearMonth.of(2026, 11));
        var margins = billingFixture.in(() -> revenueReports.margins(YearMonth.of(2026, 11)));
        assertThat(margins).singleElement().satisfies(one -> {
            assertThat(one.provider()).isEqualTo("sandbox");
            assertThat(one.services()).isEqualTo(2);
            assertThat(one.revenue().amount())
                    .isEqualByComparingTo(ledger(AccountKind.REVENUE, YearMonth.of(2026, 11)));
            assertThat(one.margin()).isEqualTo(one.revenue().minus(one.wholesale()));
        });
        assertThat(billingFixture.in(() -> revenueReports.margins(YearMonth.of(2026, 10))))
                .isEmpty();
    }

    /** Clara never paid: charges of the last 30 days are recent, the rest of December is older. */
    @Test
    void agesDebtsAndSettlesTheOldestFirst() {
        var hour = new BigDecimal("0.0244");
        var debt = billingFixture.in(() -> receivables.debts(EURO));
        assertThat(debt).singleElement().satisfies(one -> {
            assertThat(one.name()).isEqualTo("Clara");
            assertThat(one.owed()).isEqualTo(money(ledgerOfDebtors().negate()));
            assertThat(one.toThirty().plus(one.toSixty())).isEqualTo(one.owed());
            assertThat(one.toSixty().isPositive()).isTrue();
            assertThat(one.older().isZero()).isTrue();
        });
        assertThat(AgingBucket.of(
                                UUID.randomUUID(),
                                "x",
                                money(hour),
                                billingFixture.money("1"),
                                billingFixture.money("1"),
                                billingFixture.money("1"))
                        .toThirty())
                .isEqualTo(money(hour));
        var old = AgingBucket.of(
                UUID.randomUUID(),
                "x",
                billingFixture.money("10"),
                billingFixture.money("1"),
                billingFixture.money("2"),
                billingFixture.money("3"));
        assertThat(List.of(old.toThirty(), old.toSixty(), old.toNinety(), old.older()))
                .containsExactly(
                        billingFixture.money("1"),
                        billingFixture.money("2"),
                        billingFixture.money("3"),
                        billingFixture.money("4"));

        assertThat(billingFixture.in(() -> receivables.holdings(EURO)))
                .extracting(Receivables.WalletHolding::name)
                .containsExactly("Bruno", "Anna");
    }

    private static Money money(BigDecimal amount) {
        return billingFixture.money(amount.toPlainString());
    }

    private static BigDecimal ledgerOfDebtors() {
        return billingFixture.in(() -> billingFixture.sql.one(
                "select sum(balance) as owed from wallet where balance < 0", row -> row.decimal("owed")));
    }

    /** 515 hours of October at 0.01, and a credit note of 1 in January: another quarter. */
    @Test
    void ossReportsConsumersAbroadAndCorrectsTheQuarterOfTheInvoice() {
        assertThat(oss(new Quarter(2026, 3))).isEmpty();
        assertThat(oss(new Quarter(2026, 4))).containsExactly("2026-Q4 AT 20 5.15 1.03");
        assertThat(oss(new Quarter(2027, 1))).containsExactly("2026-Q4 AT 20 -1 -0.2");
        assertThat(billingFixture.in(() -> receivables.lastQuarter())).isEqualTo(new Quarter(2026, 4));
        assertThat(Quarter.parse("2026-Q4").orElseThrow().minus(-1)).isEqualTo(new Quarter(2027, 1));
        assertThat(Quarter.parse("2026-Q5")).isEmpty();

        assertThat(taxes("2026-10-01", "2026-10-31")).containsExactly("AT TAXED 20 1 5.15 1.03");
        assertThat(taxes("2026-11-01", "2026-12-31")).isEmpty();
        assertThat(taxes("2027-01-10", "2027-01-10")).containsExactly("AT TAXED 20 1 -1 -0.2");
    }

    private static List<String> oss(Quarter quarter) {
        return billingFixture.in(() -> receivables.oss(quarter)).stream()
                .map(one -> one.supplied() + " " + one.place() + " " + plain(one.percent()) + " "
                        + plain(one.net().amount()) + " " + plain(one.tax().amount()))
                .toList();
    }

    private static List<String> taxes(String from, String to) {
        var listQuery = ListQuery.of(1).with(AccountingPeriod.FROM, from).with(AccountingPeriod.TO, to);
        return billingFixture.in(() -> receivables.taxes(receivables.days(listQuery))).stream()
                .map(one -> one.place() + " " + one.treatment() + " " + plain(one.percent()) + " " + one.documents()
                        + " " + plain(one.net().amount()) + " "
                        + plain(one.tax().amount()))
                .toList();
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    @Test
    void requiresPermission() {
        var stranger = new Actor(Actor.Kind.STAFF, UUID.randomUUID(), "ann@example.org");
        Database.run(billingFixture.tenant, () -> {
            try (var actorScope = Actors.enter(stranger)) {
                for (Runnable look : List.<Runnable>of(
                        () -> revenueReports.revenue(EURO),
                        () -> revenueReports.recurring(EURO),
                        revenueReports::settledMonths,
                        () -> revenueReports.margins(YearMonth.of(2026, 11)),
                        () -> receivables.debts(EURO),
                        () -> receivables.holdings(EURO),
                        () -> receivables.taxes(receivables.days(ListQuery.of(1))),
                        () -> receivables.oss(new Quarter(2026, 4)))) {
                    assertThatThrownBy(look::run).isInstanceOf(AccessDeniedException.class);
                }
            }
        });
    }
}
