package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.billing.reports.TaxSums;
import io.tenantry.billing.tax.DisplayedTax;
import io.tenantry.billing.tax.TaxTreatment;
import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.billing.wallet.OneTimeCharge;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans of several categories, of one customer in one location. 7.30 a month is 0.01 an hour, and there are 515 of them. */
@Tag("full")
class CategoriesTest {
    private static final Instant ALWAYS = Instant.parse("2026-01-01T00:00:00Z");
    private static int count;

    private final TenantDirectory tenants = new TenantDirectory(Database.administration());
    private InvoicingFixture invoicingFixture;

    @BeforeEach
    void open() {
        open(false);
    }

    private void open(boolean isIncluded) {
        invoicingFixture = GermanTaxFixture.open("categories-" + ++count, isIncluded);
        GermanTaxFixture.rate(invoicingFixture, "DE", "REDUCED", "7");
        GermanTaxFixture.rate(invoicingFixture, "DE", "DOMAIN", "7");
        GermanTaxFixture.rate(invoicingFixture, "DE", "DATA_PROCESSING", "0");
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(AuditorFixture.found(
                        invoicingFixture.billingFixture.tenant,
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

    private UUID plan(String category) {
        var plan = invoicingFixture.billingFixture.plan();
        GermanTaxFixture.categorize(invoicingFixture, plan, category, ALWAYS);
        return plan;
    }

    private Rented rent(UUID wallet, UUID plan) {
        return invoicingFixture.billingFixture.rent(
                wallet, invoicingFixture.billingFixture.price(plan, 1, "7.30"), RENTED);
    }

    private InvoiceQuery invoiceQuery() {
        return new InvoiceQuery(
                invoicingFixture.billingFixture.sql,
                invoicingFixture.billingFixture.clock,
                new Access(invoicingFixture.billingFixture.sql),
                tenants,
                invoicingFixture.invoicing);
    }

    /** Returns a month's document after verifying that it matches its preview and the wallet. */
    private InvoiceQuery.InvoiceDetails issued(UUID wallet) {
        var billingFixture = invoicingFixture.billingFixture;
        UUID organization = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        billingFixture.charge(OCTOBER.to());
        billingFixture.clock.stopAt(IN_NOVEMBER.minus(Duration.ofHours(2)));
        var draft = billingFixture.in(() -> invoiceQuery().draft(organization, YearMonth.of(2026, 10)));
        billingFixture.clock.stopAt(IN_NOVEMBER);
        assertThat(invoicingFixture.issue(wallet, OCTOBER).documents()).isEqualTo(1);
        var id = invoicingFixture.document(wallet).id();
        var invoiceDetails = billingFixture.in(() -> invoiceQuery().one(id));
        assertThat(invoiceDetails.groups()).isEqualTo(draft.groups());
        assertThat(invoiceDetails)
                .usingRecursiveComparison()
                .comparingOnlyFields("net", "tax", "rounding", "total", "taxes")
                .isEqualTo(draft);
        assertThat(GermanTaxFixture.charged(invoicingFixture, wallet))
                .isEqualByComparingTo(invoiceDetails.total().amount());
        assertThat(account("TAX")).isEqualByComparingTo(invoiceDetails.tax().amount());
        assertThat(account("REVENUE").add(account("ROUNDING")))
                .isEqualByComparingTo(
                        invoiceDetails.net().plus(invoiceDetails.rounding()).amount());
        return invoiceDetails;
    }

    private BigDecimal account(String kind) {
        return invoicingFixture.billingFixture.in(
                () -> invoicingFixture.billingFixture.sql.one("""
                select coalesce(sum(p.amount), 0) as amount
                  from posting p
                  join ledger_account a on a.id = p.account_id and a.kind = ?
                """, row -> row.decimal("amount"), kind));
    }

    private List<String> parts(InvoiceQuery.InvoiceDetails invoiceDetails) {
        return invoiceDetails.taxes().stream()
                .map(part -> part.treatment() + " " + part.place() + " "
                        + part.percent().stripTrailingZeros().toPlainString() + ": "
                        + part.base().amount().stripTrailingZeros().toPlainString() + " "
                        + part.tax().amount().stripTrailingZeros().toPlainString())
                .toList();
    }

    @Test
    void taxesEachPlanAtItsRateInOneEntryAndShowsAllRates() {
        var wallet = GermanTaxFixture.wallet(invoicingFixture, "DE");
        rent(wallet, plan("STANDARD"));
        rent(wallet, plan("REDUCED"));
        rent(wallet, plan("DATA_PROCESSING"));
        // 0.0119, 0.0107 and 0.01
        assertThat(GermanTaxFixture.charged(invoicingFixture, wallet)).isEqualByComparingTo("0.0326");

        invoicingFixture.billingFixture.charge(RENTED.plus(Duration.ofMinutes(61)));
        assertThat(legs(wallet)).containsExactly("REVENUE 0.03000000", "TAX 0.00260000", "WALLET -0.03260000");
        var invoiceDetails = issued(wallet);

        assertThat(parts(invoiceDetails))
                .containsExactly("TAXED DE 19: 5.15 0.98", "TAXED DE 7: 5.15 0.36", "TAXED DE 0: 5.15 0");
        assertThat(invoiceDetails.net()).isEqualTo(invoicingFixture.billingFixture.money("15.45"));
        assertThat(invoiceDetails.total()).isEqualTo(invoicingFixture.billingFixture.money("16.79"));
        assertThat(TaxSums.of(invoicingFixture.billingFixture, "2026-10-01", "2026-10-31"))
                .containsExactly("DE TAXED 5.15000000 0", "DE TAXED 5.15000000 0.36", "DE TAXED 5.15000000 0.98");
    }

    @Test
    void neverExceedsPricesIncludingTax() {
        open(true);
        var wallet = GermanTaxFixture.wallet(invoicingFixture, "DE");
        rent(wallet, plan("STANDARD"));
        rent(wallet, plan("REDUCED"));

        var invoiceDetails = issued(wallet);

        // 5.15 each, including 19/119 and 7/107 tax.
        assertThat(invoiceDetails.total()).isEqualTo(invoicingFixture.billingFixture.money("10.30"));
        assertThat(invoiceDetails.taxes())
                .extracting(TaxSubtotal::tax)
                .containsExactly(
                        invoicingFixture.billingFixture.money("0.82"), invoicingFixture.billingFixture.money("0.34"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOMAIN", "REDUCED"})
    void combinesCategoriesOfOneRateInOneTaxLine(String second) {
        var wallet = GermanTaxFixture.wallet(invoicingFixture, "DE");
        rent(wallet, plan("REDUCED"));
        rent(wallet, plan(second));

        assertThat(parts(issued(wallet))).containsExactly("TAXED DE 7: 10.3 0.72");
    }

    @Test
    void usesTheStandardRateForACategoryWithoutItsOwn() {
        var wallet = GermanTaxFixture.wallet(invoicingFixture, "FR");
        rent(wallet, plan("REDUCED"));
        rent(wallet, plan("STANDARD"));

        assertThat(parts(issued(wallet))).containsExactly("TAXED FR 20: 10.3 2.06");
    }

    @Test
    void reverseChargeCustomersHaveOneTaxLine() {
        var wallet = GermanTaxFixture.wallet(invoicingFixture, "FR");
        invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.update("""
                insert into tax_status (organization_id, status, evidence, from_at, recorded_at, recorded_by)
                select organization_id, 'BUSINESS', 'VIES', '2026-01-01', now(), 'test' from wallet where id = ?
                """, wallet));
        rent(wallet, plan("REDUCED"));
        rent(wallet, plan("STANDARD"));

        var invoiceDetails = issued(wallet);

        assertThat(invoiceDetails.taxes())
                .extracting(TaxSubtotal::treatment)
                .containsExactly(TaxTreatment.REVERSE_CHARGE);
        assertThat(invoiceDetails.total()).isEqualTo(invoicingFixture.billingFixture.money("10.30"));
    }

    @Test
    void changesTheCategoryOfAPlanAtAMonthStart() {
        var wallet = GermanTaxFixture.wallet(invoicingFixture, "DE");
        var plan = invoicingFixture.billingFixture.plan();
        var rented = rent(wallet, plan);
        GermanTaxFixture.categorize(invoicingFixture, plan, "REDUCED", OCTOBER.to());

        invoicingFixture.billingFixture.charge(OCTOBER.to().plus(Duration.ofHours(3)));

        assertThat(rates(rented)).containsExactly("515 0.190000", "3 0.070000");
        assertThat(GermanTaxFixture.charged(invoicingFixture, wallet)).isEqualByComparingTo("6.1606");
    }

    @Test
    void taxesAServerAtTheNewRateFromTheHourAfterAChangeOfPlan() {
        var wallet = GermanTaxFixture.wallet(invoicingFixture, "DE");
        var rented = rent(wallet, plan("STANDARD"));
        var other = invoicingFixture.billingFixture.price(plan("REDUCED"), 1, "14.60");

        invoicingFixture.billingFixture.change(rented, other, RENTED.plus(Duration.ofMinutes(90)));
        invoicingFixture.billingFixture.charge(RENTED.plus(Duration.ofMinutes(150)));

        // Two hours at 19 percent; the increase within the second, and an hour, at 7.
        assertThat(rates(rented)).containsExactly("2 0.190000", "1 0.070000");
        assertThat(GermanTaxFixture.charged(invoicingFixture, wallet)).isEqualByComparingTo("0.0559");
        assertThat(parts(issued(wallet))).first().asString().startsWith("TAXED DE 19: 0.02");
    }

    @Test
    void keepsTheTaxOfAChangeWithinACategory() {
        var wallet = GermanTaxFixture.wallet(invoicingFixture, "DE");
        var plan = plan("REDUCED");
        var rented = rent(wallet, plan);

        invoicingFixture.billingFixture.clock.stopAt(RENTED.plus(Duration.ofMinutes(90)));
        invoicingFixture.billingFixture.change(
                rented, invoicingFixture.billingFixture.price(plan, 2, "3.65"), RENTED.plus(Duration.ofMinutes(90)));
        invoicingFixture.billingFixture.pause(rented, RENTED.plus(Duration.ofMinutes(150)));
        invoicingFixture.billingFixture.resume(rented, RENTED.plus(Duration.ofHours(5)));

        assertThat(rates(rented)).containsExactly("2 0.070000", "1 0.070000", "1 0.070000");
    }

    @Test
    void appliesTheTaxStatusOfTheCustomerToEachPlan() {
        var wallet = GermanTaxFixture.wallet(invoicingFixture, "FR");
        GermanTaxFixture.rate(invoicingFixture, "FR", "REDUCED", "5.5");
        var standard = rent(wallet, plan("STANDARD"));
        var reduced = rent(wallet, plan("REDUCED"));
        var at = RENTED.plus(Duration.ofMinutes(90));
        invoicingFixture.billingFixture.clock.stopAt(at);
        invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.update(
                "update organization set country = 'DE' where id = (select organization_id from wallet where id = ?)",
                wallet));

        int changed = invoicingFixture.billingFixture.in(
                () -> invoicingFixture.billingFixture.charging.changeTax(wallet, at));

        assertThat(changed).isEqualTo(2);
        invoicingFixture.billingFixture.charge(RENTED.plus(Duration.ofMinutes(150)));
        assertThat(rates(standard)).containsExactly("2 0.200000", "1 0.190000");
        assertThat(rates(reduced)).containsExactly("2 0.055000", "1 0.070000");
        int again = invoicingFixture.billingFixture.in(
                () -> invoicingFixture.billingFixture.charging.changeTax(wallet, at));
        assertThat(again).isZero();
    }

    @Test
    void taxesCreditsAndDebitsOfAServerByItsPlan() {
        var wallet = GermanTaxFixture.wallet(invoicingFixture, "DE");
        var rented = rent(wallet, plan("REDUCED"));
        var before = GermanTaxFixture.charged(invoicingFixture, wallet);
        var items = ItemsCharged.items(invoicingFixture.billingFixture);

        invoicingFixture.billingFixture.in(() -> items.charge(new OneTimeCharge(
                wallet,
                invoicingFixture.billingFixture.money("10"),
                "transfer:" + rented.service() + ":" + UUID.randomUUID(),
                "transfer",
                "one",
                Optional.of(rented.service()))));
        ItemsCharged.take(invoicingFixture.billingFixture, wallet, "10", "transfer-pack:" + UUID.randomUUID());

        // 10.70 and 11.90: a pack has no plan.
        assertThat(GermanTaxFixture.charged(invoicingFixture, wallet).subtract(before))
                .isEqualByComparingTo("22.60");
    }

    @Test
    void showsTheTaxOfThePlanWithItsPrice() {
        var taxes =
                new DisplayedTax(invoicingFixture.billingFixture.sql, invoicingFixture.billingFixture.clock, tenants);
        var wallet = GermanTaxFixture.wallet(invoicingFixture, "DE");
        var standard = invoicingFixture.billingFixture.plan();
        var reduced = plan("REDUCED");
        var none = plan("DATA_PROCESSING");

        assertThat(List.of(standard, reduced, none).stream()
                        .map(plan -> invoicingFixture
                                .billingFixture
                                .in(() -> taxes.of(wallet, plan))
                                .bears()
                                .orElseThrow()
                                .percent()
                                .toPlainString()))
                .containsExactly("19", "7", "0");
    }

    /** Returns hours and rates of its periods. */
    private List<String> rates(Rented rented) {
        return invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.query(
                "select hours || ' ' || tax_rate as said from rated_period where service_id = ? order by id",
                row -> row.text("said"),
                rented.service()));
    }

    /** Returns the postings of the newest entry that involves a wallet. */
    private List<String> legs(UUID wallet) {
        return invoicingFixture.billingFixture.in(
                () -> invoicingFixture.billingFixture.sql.query("""
                select a.kind || ' ' || p.amount as leg
                  from posting p
                  join ledger_account a on a.id = p.account_id
                 where p.entry_id = (select max(entry_id) from posting where account_id = ?)
                 order by 1
                """, row -> row.text("leg"), wallet));
    }
}
