package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.tenancy.SqlFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many wallets at once: the charge of each, and the rounding of all their documents in one entry. */
@Tag("full")
class TaxedBatchTest {
    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);
    private static final int MANY = 120;

    private static void assertLedgerIsConsistent(BillingFixture billingFixture) {
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

    private static Invoicing.Batch issue(InvoicingFixture invoicingFixture) {
        var month = invoicingFixture.billingFixture.in(() -> invoicingFixture.invoicing.prepare(OCTOBER));
        return invoicingFixture.billingFixture.in(
                () -> invoicingFixture.invoicing.issue(new Invoicing.Range(FIRST, LAST, 1_000), month));
    }

    private static int count(BillingFixture billingFixture, String what) {
        return billingFixture.in(
                () -> billingFixture.sql.one("select count(*)::int as n from " + what, row -> row.whole("n")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void chargesWhatDocumentsStateAndBooksABatchAsOneEntry(boolean isIncluded) {
        var invoicingFixture = GermanTaxFixture.open("taxed-batch-" + isIncluded, isIncluded);
        var billingFixture = invoicingFixture.billingFixture;
        var random = new Random(7);
        var prices = List.of(
                billingFixture.price("13.25"),
                billingFixture.price("7.30"),
                billingFixture.price("0.07"),
                billingFixture.price("119"));
        var wallets = new ArrayList<UUID>();
        for (var i = 0; i < MANY; i++) {
            var wallet = GermanTaxFixture.wallet(
                    invoicingFixture, List.of("DE", "FR", "FI", "CH", "HU").get(random.nextInt(5)));
            var rented = billingFixture.rent(
                    wallet, prices.get(random.nextInt(prices.size())), RENTED.plusSeconds(random.nextInt(86_400 * 5)));
            if (random.nextBoolean()) {
                billingFixture.end(rented, RENTED.plusSeconds(86_400 * 6 + (long) random.nextInt(86_400 * 14)));
            }
            wallets.add(wallet);
        }
        ItemsCharged.take(billingFixture, wallets.get(0), "3.33333333", "setup:0");
        billingFixture.charge(OCTOBER.to());
        billingFixture.clock.stopAt(IN_NOVEMBER);

        var batch = issue(invoicingFixture);

        assertThat(batch.documents()).isEqualTo(MANY);
        assertThat(count(billingFixture, "journal_entry where source = 'invoice-rounding'"))
                .isEqualTo(1);
        for (var wallet : wallets) {
            var document = invoicingFixture.document(wallet);
            assertThat(GermanTaxFixture.charged(invoicingFixture, wallet)).isEqualByComparingTo(document.total());
        }
        assertThat(issue(invoicingFixture).documents()).isZero();
        assertLedgerIsConsistent(billingFixture);
    }

    @Test
    void chargesNoTaxWhereNoneIsCollected() {
        var invoicingFixture = new InvoicingFixture(new BillingFixture("untaxed", "EUR", "Europe/Berlin"));
        var billingFixture = invoicingFixture.billingFixture;
        billingFixture.clock.stopAt(RENTED);
        var rented = billingFixture.rent(invoicingFixture.wallet("100"), billingFixture.price("7.30"), RENTED);
        billingFixture.change(rented, billingFixture.price("14.60"), RENTED.plusSeconds(600));
        ItemsCharged.take(billingFixture, rented.wallet(), "1", "setup:0");
        billingFixture.charge(IN_NOVEMBER);
        billingFixture.clock.stopAt(IN_NOVEMBER);

        assertThat(issue(invoicingFixture).documents()).isEqualTo(1);

        // 588 hours at 0.02, an item, and nothing else.
        assertThat(billingFixture.balance(rented.wallet())).isEqualTo(billingFixture.money("87.24"));
        assertThat(count(billingFixture, "rated_period where tax_id is not null or tax_rate <> 0"))
                .isZero();
        for (var table : List.of("applied_tax", "entry_tax", "invoice_tax", "ledger_account where kind = 'TAX'")) {
            assertThat(count(billingFixture, table)).as(table).isZero();
        }
        assertThat(count(billingFixture, """
                (select entry_id from posting group by entry_id having count(*) <> 2) odd
                """)).isZero();
        assertThat(billingFixture.faults()).isEmpty();
        assertLedgerIsConsistent(billingFixture);
    }

    @Test
    void refusesAnotherTaxForAnIssuedDocument() {
        var invoicingFixture = GermanTaxFixture.open("taxed-for-good", false);
        var billingFixture = invoicingFixture.billingFixture;
        var rented = billingFixture.rent(
                GermanTaxFixture.wallet(invoicingFixture, "DE"), billingFixture.price("7.30"), RENTED);
        billingFixture.charge(OCTOBER.to());
        billingFixture.clock.stopAt(IN_NOVEMBER);
        issue(invoicingFixture);
        var other = billingFixture.rent(
                GermanTaxFixture.wallet(invoicingFixture, "FR"), billingFixture.price("7.30"), IN_NOVEMBER);

        assertThat(other.wallet()).isNotEqualTo(rented.wallet());
        assertThatThrownBy(() -> billingFixture.in(() -> billingFixture.sql.update("""
                        insert into invoice_tax (invoice_id, tax_id, base, charged, tax)
                        select v.id, t.id, 1, 0, 0 from invoice v join applied_tax t on t.place = 'FR'
                        """)))
                .isInstanceOf(SqlFailure.class)
                .hasStackTraceContaining("its document is not of this transaction");
        assertThatThrownBy(() -> billingFixture.in(() -> billingFixture.sql.update("update invoice_tax set tax = 0")))
                .isInstanceOf(SqlFailure.class);
    }
}
