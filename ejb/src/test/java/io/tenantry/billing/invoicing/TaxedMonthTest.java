package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Taxed months: the preview, the document and the ledger agree. 7.30 a month is 0.01 an hour. */
class TaxedMonthTest {
    private static InvoicingFixture net;
    private static InvoicingFixture gross;

    private InvoicingFixture invoicingFixture;

    @BeforeAll
    static void open() {
        net = GermanTaxFixture.open("taxed-net", false);
        gross = GermanTaxFixture.open("taxed-gross", true);
    }

    @BeforeEach
    void startInOctober() {
        invoicingFixture = net;
        net.billingFixture.clock.stopAt(RENTED);
        gross.billingFixture.clock.stopAt(RENTED);
    }

    @AfterEach
    void assertLedgerIsConsistent() {
        for (var one : List.of(net, gross)) {
            assertThat(AuditorFixture.found(
                            one.billingFixture.tenant,
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
    }

    @Test
    void chargesTaxWithTheHourInOneEntry() {
        var rented = rent(wallet("DE"), "7.30");

        // The first hour: 0.01 plus 19 percent tax.
        assertThat(charged(rented.wallet())).isEqualByComparingTo("0.0119");
        assertThat(postings(rented.wallet()))
                .containsExactly("REVENUE 0.01000000", "TAX 0.00190000", "WALLET -0.01190000");
    }

    @Test
    void neverExceedsAGrossPrice() {
        invoicingFixture = gross;
        var rented = rent(wallet("DE"), "11.90");
        charge();

        invoicingFixture.issue(rented.wallet(), OCTOBER);

        // 515 hours of 0.01630137 are 8.39520555, including 19/119 tax
        assertThat(invoicingFixture.document(rented.wallet()).total()).isEqualByComparingTo("8.39");
        var part = parts(rented.wallet()).get(0);
        assertThat(part.isIncluded()).isTrue();
        assertThat(part.base()).isEqualTo(invoicingFixture.billingFixture.money("7.05479458"));
        assertThat(part.tax()).isEqualTo(invoicingFixture.billingFixture.money("1.34"));
    }

    @Test
    void chargesTheTaxStatedWithThePrice() {
        var rented = rent(wallet("DE"), "7.30");
        var hour = invoicingFixture.billingFixture.money("0.01");

        var added = priceTax(net).of(rented.wallet()).orElseThrow();

        assertThat(priceTax(net).kindOf()).isEqualTo(DisplayedTax.Kind.NET);
        assertThat(added.percent()).isEqualByComparingTo("19");
        assertThat(added.paid(hour)).isEqualTo(invoicingFixture.billingFixture.money("0.0119"));
        assertThat(charged(rented.wallet()))
                .isEqualByComparingTo(added.paid(hour).amount());
        invoicingFixture = gross;
        var included = priceTax(gross).of(wallet("DE")).orElseThrow();
        assertThat(priceTax(gross).kindOf()).isEqualTo(DisplayedTax.Kind.GROSS);
        assertThat(included.paid(hour)).isEqualTo(hour);
        assertThat(included.tax(invoicingFixture.billingFixture.money("11.90")))
                .isEqualTo(invoicingFixture.billingFixture.money("1.90"));
        assertThat(priceTax(gross).of(wallet("ZZ")))
                .as("where it is not registered")
                .hasValueSatisfying(appliedTax -> assertThat(appliedTax.rate()).isZero());
        var abroad = wallet("FR");
        setTaxStatus(abroad, "BUSINESS");
        assertThat(priceTax(gross).of(abroad).orElseThrow().treatment()).isEqualTo(TaxTreatment.REVERSE_CHARGE);
    }

    /** Queries as a page of the tenant makes them. */
    private record Asked(InvoicingFixture invoicingFixture, DisplayedTax taxes) {
        Optional<DisplayedTax.AppliedTax> of(UUID wallet) {
            var plan = invoicingFixture.billingFixture.plan();
            var taxNote = invoicingFixture.billingFixture.in(() -> taxes.of(wallet, plan));
            assertThat(taxNote.kind()).isEqualTo(kindOf());
            return taxNote.bears();
        }

        DisplayedTax.Kind kindOf() {
            return invoicingFixture.billingFixture.in(taxes::kind);
        }
    }

    private static Asked priceTax(InvoicingFixture invoicingFixture) {
        var tenants = new TenantDirectory(Database.administration());
        return new Asked(
                invoicingFixture,
                new DisplayedTax(invoicingFixture.billingFixture.sql, invoicingFixture.billingFixture.clock, tenants));
    }

    @Test
    void computesTaxFromTheMonthlySumAndPostsRounding() {
        var rented = rent(wallet("DE"), "7.30");
        charge();
        invoicingFixture.billingFixture.end(rented, IN_NOVEMBER);
        invoicingFixture.issue(rented.wallet(), OCTOBER);

        var invoiceDetails = details(rented.wallet());

        assertThat(invoiceDetails.net()).isEqualTo(invoicingFixture.billingFixture.money("5.15"));
        assertThat(invoiceDetails.tax()).isEqualTo(invoicingFixture.billingFixture.money("0.98"));
        assertThat(invoiceDetails.total()).isEqualTo(invoicingFixture.billingFixture.money("6.13"));
        assertThat(invoiceDetails.taxes()).singleElement().satisfies(part -> {
            assertThat(part.treatment()).isEqualTo(TaxTreatment.TAXED);
            assertThat(part.percent()).isEqualByComparingTo("19");
            assertThat(part.taken()).isEqualTo(invoicingFixture.billingFixture.money("0.9785"));
        });
        assertThat(postings(rented.wallet())).containsExactly("TAX 0.00150000", "WALLET -0.00150000");
    }

    @Test
    void listsLateFeesSeparatelyWithoutTax() {
        var rented = rent(wallet("DE"), "7.30");
        var oneTimeCharge = new OneTimeCharge(
                rented.wallet(),
                invoicingFixture.billingFixture.money("5"),
                "late-fee:" + UUID.randomUUID(),
                "late fee",
                "late-fee:one");
        var items = ItemsCharged.items(invoicingFixture.billingFixture);
        assertThat(invoicingFixture.billingFixture.in(() -> items.takeCompensation(oneTimeCharge)))
                .isPresent();
        assertThat(invoicingFixture.billingFixture.in(() -> items.takeCompensation(oneTimeCharge)))
                .as("repeated")
                .isEmpty();
        charge();
        invoicingFixture.billingFixture.end(rented, IN_NOVEMBER);
        invoicingFixture.issue(rented.wallet(), OCTOBER);

        var invoiceDetails = details(rented.wallet());

        assertThat(invoiceDetails.net()).isEqualTo(invoicingFixture.billingFixture.money("10.15"));
        assertThat(invoiceDetails.tax())
                .as("as without the fee")
                .isEqualTo(invoicingFixture.billingFixture.money("0.98"));
        assertThat(invoiceDetails.taxes())
                .extracting(TaxSubtotal::treatment)
                .containsExactlyInAnyOrder(TaxTreatment.TAXED, TaxTreatment.COMPENSATION);
        assertThat(Database.texts("select kind || ' ' || amount || ' ' || tax from "
                        + invoicingFixture.billingFixture.tenant.schema()
                        + ".invoice_line l where item_id is not null and invoice_id = '"
                        + invoicingFixture.document(rented.wallet()).id() + "'"))
                .containsExactly("LATE_FEE 5.00000000 0.00000000");
    }

    @Test
    void chargesNoTaxUnderReverseCharge() {
        var wallet = wallet("FR");
        setTaxStatus(wallet, "BUSINESS");
        var rented = rent(wallet, "7.30");
        charge();
        invoicingFixture.issue(rented.wallet(), OCTOBER);

        var invoiceDetails = details(rented.wallet());

        assertThat(invoiceDetails.tax().isZero()).isTrue();
        assertThat(invoiceDetails.total()).isEqualTo(invoicingFixture.billingFixture.money("5.15"));
        assertThat(invoiceDetails.taxes()).singleElement().satisfies(part -> {
            assertThat(part.treatment()).isEqualTo(TaxTreatment.REVERSE_CHARGE);
            assertThat(part.place()).isEqualTo("FR");
            assertThat(part.base()).isEqualTo(invoicingFixture.billingFixture.money("5.15"));
        });
    }

    @Test
    void chargesNoTaxOnceTheBusinessIsConfirmedAndInvoicesBoth() {
        var rented = rent(wallet("FR"), "7.30");
        changeTaxStatus(rented.wallet(), "BUSINESS", RENTED.plus(Duration.ofMinutes(150)));
        charge();
        invoicingFixture.issue(rented.wallet(), OCTOBER);

        var invoiceDetails = details(rented.wallet());

        // Three hours had started: they keep the French rate.
        assertThat(invoiceDetails.taxes())
                .extracting(TaxSubtotal::treatment)
                .containsExactly(TaxTreatment.TAXED, TaxTreatment.REVERSE_CHARGE);
        assertThat(invoiceDetails.taxes().get(0).base()).isEqualTo(invoicingFixture.billingFixture.money("0.03"));
        assertThat(invoiceDetails.taxes().get(0).percent()).isEqualByComparingTo("20");
        assertThat(invoiceDetails.taxes().get(1).base()).isEqualTo(invoicingFixture.billingFixture.money("5.12"));
        assertThat(invoiceDetails.tax()).isEqualTo(invoicingFixture.billingFixture.money("0.01"));
    }

    @Test
    void taxesOneTimeItems() {
        var wallet = wallet("DE");
        ItemsCharged.take(invoicingFixture.billingFixture, wallet, "10", "transfer-pack:" + UUID.randomUUID());
        ItemsCharged.giveBack(invoicingFixture.billingFixture, wallet, "1", "setup:1");
        assertThat(charged(wallet)).isEqualByComparingTo("10.71");
        charge();

        invoicingFixture.issue(wallet, OCTOBER);

        var invoiceDetails = details(wallet);
        assertThat(invoiceDetails.net()).isEqualTo(invoicingFixture.billingFixture.money("9"));
        assertThat(invoiceDetails.tax()).isEqualTo(invoicingFixture.billingFixture.money("1.71"));
        assertThat(invoiceDetails.total()).isEqualTo(invoicingFixture.billingFixture.money("10.71"));
    }

    private UUID wallet(String country) {
        return GermanTaxFixture.wallet(invoicingFixture, country);
    }

    private void setTaxStatus(UUID wallet, String status) {
        invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.update(
                """
                insert into tax_status (organization_id, status, evidence, from_at, recorded_at, recorded_by)
                select organization_id, ?, 'VIES', ?, ?, 'test' from wallet where id = ?
                """,
                status,
                invoicingFixture.billingFixture.clock.instant(),
                invoicingFixture.billingFixture.clock.instant(),
                wallet));
    }

    private void changeTaxStatus(UUID wallet, String status, Instant at) {
        invoicingFixture.billingFixture.clock.stopAt(at);
        setTaxStatus(wallet, status);
        invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.charging.changeTax(wallet, at));
    }

    private BillingFixture.Rented rent(UUID wallet, String monthly) {
        return invoicingFixture.billingFixture.rent(wallet, invoicingFixture.billingFixture.price(monthly), RENTED);
    }

    private void charge() {
        invoicingFixture.billingFixture.charge(IN_NOVEMBER);
        invoicingFixture.billingFixture.clock.stopAt(IN_NOVEMBER);
    }

    private BigDecimal charged(UUID wallet) {
        return GermanTaxFixture.charged(invoicingFixture, wallet);
    }

    /** Returns the postings of the newest entry that involves a wallet. */
    private List<String> postings(UUID wallet) {
        return invoicingFixture.billingFixture.in(
                () -> invoicingFixture.billingFixture.sql.query("""
                select a.kind || ' ' || p.amount as leg
                  from posting p
                  join ledger_account a on a.id = p.account_id
                 where p.entry_id = (select max(entry_id) from posting where account_id = ?)
                 order by 1
                """, row -> row.text("leg"), wallet));
    }

    private InvoiceQuery documents() {
        return new InvoiceQuery(
                invoicingFixture.billingFixture.sql,
                invoicingFixture.billingFixture.clock,
                new Access(invoicingFixture.billingFixture.sql),
                new TenantDirectory(Database.administration()),
                invoicingFixture.invoicing);
    }

    private InvoiceQuery.InvoiceDetails details(UUID wallet) {
        var id = invoicingFixture.document(wallet).id();
        return invoicingFixture.billingFixture.in(() -> documents().one(id));
    }

    private List<TaxSubtotal> parts(UUID wallet) {
        return details(wallet).taxes();
    }
}
