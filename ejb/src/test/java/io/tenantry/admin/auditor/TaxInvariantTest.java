package io.tenantry.admin.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The auditor finds planted tax errors and reports nothing on correct tax data. */
class TaxInvariantTest {
    private static final Instant RENTED = Instant.parse("2026-10-10T12:20:00Z");
    private static final Instant IN_NOVEMBER = Instant.parse("2026-11-04T00:00:00Z");

    private static BillingFixture billingFixture;
    private static BillingFixture.Rented rented;

    @BeforeAll
    static void open() {
        billingFixture = new BillingFixture("tax-audited", "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(RENTED);
        var invoicingFixture = new InvoicingFixture(billingFixture);
        billingFixture.in(() -> billingFixture.ledger.account(
                AccountKind.TAX, billingFixture.money("0").currency()));
        billingFixture.in(() -> billingFixture.ledger.account(
                AccountKind.ROUNDING, billingFixture.money("0").currency()));
        billingFixture.in(() -> billingFixture.sql.update("""
                insert into tax_registration (country, number, scheme, from_at, recorded_at, recorded_by)
                values ('DE', 'DE999999995', 'DOMESTIC', '2026-01-01', now(), 'test')
                """));
        rented = billingFixture.rent(billingFixture.wallet("1000"), billingFixture.price("7.30"), RENTED);
        invoicingFixture.name(rented.wallet());
        ItemsCharged.take(billingFixture, rented.wallet(), "1", "setup:1");
        billingFixture.charge(IN_NOVEMBER);
        billingFixture.clock.stopAt(IN_NOVEMBER);
        invoicingFixture.issue(rented.wallet(), InvoicingFixture.OCTOBER);
        invoicingFixture.credit(rented.wallet(), "0.50");
        invoicingFixture.debit(rented.wallet(), "0.25");
    }

    /** Returns the broken tax invariants. */
    private static Stream<String> found(String... damage) {
        return AuditorFixture.inTheLedgerAfter(billingFixture.tenant, damage).stream()
                .map(Violation::invariant)
                .filter(name -> name.startsWith("tax") || name.startsWith("invoice-"))
                .distinct();
    }

    @Test
    void findsNothingInCorrectBooks() {
        assertThat(found()).isEmpty();
        assertThat(AuditorFixture.inTheLedgerAfter(billingFixture.tenant).stream()
                        .map(Violation::invariant))
                .doesNotContain(
                        "charges-match-periods",
                        "wallet-hourly-cost",
                        "wallet-balance-status",
                        "invoice-lines",
                        "running-balance");
    }

    @Test
    void taxOfARatedPeriodMatchesItsTerms() {
        assertThat(found("update rated_period set tax_rate = 0.07 where open")).contains("tax-treatments");
        assertThat(found("update rated_period set tax_included = true where open"))
                .contains("tax-treatments");
        assertThat(found("update rated_period set tax_id = null where open")).contains("tax-treatments");
        assertThat(found("update entry_tax set tax = tax + 0.01")).contains("tax-treatments", "tax-account");
    }

    @Test
    void serverHasTheTaxRateOfItsPlanCategory() {
        var reduced = """
                insert into tax_rate (place, category, percent, from_day, recorded_at, recorded_by)
                values ('DE', 'REDUCED', 7, '2026-01-01', now(), 'test')
                """;
        var categorized = """
                insert into plan_tax (plan_id, category, from_at, recorded_at, recorded_by)
                select plan_id, 'REDUCED', '%s', now(), 'test' from price_version
                """;
        assertThat(found(reduced)).as("nobody's rate").isEmpty();
        assertThat(found(categorized.formatted("2026-01-01")))
                .as("it has no rate here")
                .isEmpty();
        assertThat(found(reduced, categorized.formatted("2026-12-01")))
                .as("it is to come")
                .isEmpty();
        assertThat(found(reduced, categorized.formatted("2026-10-31T22:00Z"))).containsExactly("tax-categories");
        assertThat(found("update tax_rate set percent = 18 where place = 'DE'")).containsExactly("tax-categories");
    }

    @Test
    void taxAccountMatchesTaxCollected() {
        assertThat(found("""
                update posting set amount = amount + 0.01
                 where account_id = (select id from ledger_account where kind = 'TAX')
                   and entry_id = (select min(entry_id) from posting p
                                     join ledger_account a on a.id = p.account_id and a.kind = 'TAX')
                """)).containsExactly("tax-account");
        assertThat(found("update ledger_account set kind = 'ADJUSTMENT' where kind = 'TAX'"))
                .containsExactly("tax-account");
    }

    @Test
    void taxOfADocumentIsComputedFromItsLines() {
        assertThat(found("update invoice_tax set tax = tax + 0.01")).contains("invoice-tax");
        assertThat(found("update invoice_tax set base = base + 1")).contains("invoice-tax");
        assertThat(found("update invoice set tax = tax + 0.01,"
                        + " prepaid = case when prepaid > 0 and prepaid = total then prepaid + 0.01 else prepaid end"))
                .contains("invoice-tax");
        assertThat(found("delete from invoice_tax")).contains("invoice-tax");
    }

    @Test
    void creditsOfALineNeitherExceedItNorChangeItsTax() {
        assertThat(found("update invoice_line set amount = -100 where kind = 'CREDITED'"))
                .contains("invoice-corrections");
        assertThat(found("update invoice_line set corrects_position = 77 where kind = 'CREDITED'"))
                .containsExactly("invoice-corrections");
        assertThat(found("update invoice set corrects_id = id where kind = 'CREDIT_NOTE'"))
                .contains("invoice-corrections");
    }

    @Test
    void debitNoteIncreasesOnlyTheLineItNames() {
        assertThat(found("update invoice_line set amount = -amount where kind = 'DEBITED'"))
                .contains("invoice-corrections");
        assertThat(found("update invoice_line set corrects_position = 77 where kind = 'DEBITED'"))
                .containsExactly("invoice-corrections");
        assertThat(found("update invoice_line set kind = 'CREDITED' where kind = 'DEBITED'"))
                .containsExactly("invoice-corrections");
    }

    @Test
    void roundingIsPosted() {
        assertThat(found("update journal_entry set source = 'x' where source = 'invoice-rounding'"))
                .containsExactly("invoice-rounding");
    }

    /** Returns what is said of invoices with their corrections. */
    private static Stream<String> foundOfInvoices(String damage) {
        return AuditorFixture.inTheLedgerAfter(billingFixture.tenant, damage).stream()
                .filter(found -> found.invariant().equals("invoice-rounding"))
                .map(Violation::detail)
                .filter(detail -> detail.startsWith("invoice "));
    }

    @Test
    void invoiceIsRoundedTogetherWithItsCorrections() {
        assertThat(foundOfInvoices("update invoice set number_text = number_text || 'x'"))
                .as("no damage to an amount")
                .isEmpty();
        assertThat(foundOfInvoices("update invoice set net_before = 0.005 where kind = 'CREDIT_NOTE'"))
                .singleElement()
                .asString()
                .contains("state 5.89000000, come to", "are of 5.90000000");
        assertThat(foundOfInvoices("""
                update invoice_tax set tax = tax - 0.01
                 where invoice_id = (select id from invoice where kind = 'CREDIT_NOTE')
                """)).singleElement().asString().contains("of tax by way");
    }

    @Test
    void correctionsNeverRefundMoreThanTheInvoiceAndAVoidRefundsAll() {
        assertThat(foundOfInvoices("update invoice set net = -1000 where kind = 'CREDIT_NOTE'"))
                .singleElement()
                .asString()
                .contains("come to -99");
        assertThat(
                        foundOfInvoices(
                                "update invoice set state = 'VOID', voided_at = now(), void_reason = 'x' where kind = 'INVOICE'"))
                .as("neither its net and total nor its tax are zero")
                .hasSize(2)
                .allMatch(detail -> detail.contains("it is VOID"));
    }
}
