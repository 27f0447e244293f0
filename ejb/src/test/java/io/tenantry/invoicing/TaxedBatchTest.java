package io.tenantry.invoicing;

import static io.tenantry.invoicing.Office.IN_NOVEMBER;
import static io.tenantry.invoicing.Office.OCTOBER;
import static io.tenantry.invoicing.Office.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.auditor.Rig;
import io.tenantry.charging.Books;
import io.tenantry.tenancy.SqlFailure;
import io.tenantry.wallet.ItemsTaken;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many wallets at once: what each is charged, and that the rounding of all their documents is one entry. */
class TaxedBatchTest {
    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);
    private static final int MANY = 120;

    private static void assertThatAllIsWell(Books books) {
        assertThat(Rig.found(books.tenant))
                .noneMatch(found -> found.invariant().startsWith("invoice")
                        || found.invariant().startsWith("tax")
                        || found.invariant().startsWith("wallet-")
                        || found.invariant().startsWith("period")
                        || List.of("charges-match-periods", "entry-balances", "running-balance", "month-cap")
                                .contains(found.invariant()));
    }

    private static Invoicing.Batch issue(Office office) {
        var month = office.books.in(() -> office.invoicing.prepare(OCTOBER));
        return office.books.in(() -> office.invoicing.issue(new Invoicing.Range(FIRST, LAST, 1_000), month));
    }

    private static int count(Books books, String what) {
        return books.in(() -> books.sql.one("select count(*)::int as n from " + what, row -> row.whole("n")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachWalletPaysWhatItsDocumentSaysAndTheBatchIsOneEntry(boolean isIncluded) {
        var office = TaxedOffice.open("taxed-batch-" + isIncluded, isIncluded);
        var books = office.books;
        var random = new Random(7);
        var prices = List.of(books.price("13.25"), books.price("7.30"), books.price("0.07"), books.price("119"));
        var wallets = new ArrayList<UUID>();
        for (var i = 0; i < MANY; i++) {
            var wallet = TaxedOffice.wallet(
                    office, List.of("DE", "FR", "FI", "CH", "HU").get(random.nextInt(5)));
            var rented = books.rent(
                    wallet, prices.get(random.nextInt(prices.size())), RENTED.plusSeconds(random.nextInt(86_400 * 5)));
            if (random.nextBoolean()) {
                books.end(rented, RENTED.plusSeconds(86_400 * 6 + (long) random.nextInt(86_400 * 14)));
            }
            wallets.add(wallet);
        }
        ItemsTaken.take(books, wallets.get(0), "3.33333333", "setup:0");
        books.charge(OCTOBER.to());
        books.clock.stopAt(IN_NOVEMBER);

        var batch = issue(office);

        assertThat(batch.documents()).isEqualTo(MANY);
        assertThat(count(books, "journal_entry where source = 'invoice-rounding'"))
                .isEqualTo(1);
        for (var wallet : wallets) {
            var document = office.document(wallet);
            assertThat(TaxedOffice.taken(office, wallet)).isEqualByComparingTo(document.total());
        }
        assertThat(issue(office).documents()).isZero();
        assertThatAllIsWell(books);
    }

    @Test
    void whoCollectsNoTaxIsChargedAsBeforeAndNothingIsNotedOfIt() {
        var office = new Office(new Books("untaxed", "EUR", "Europe/Berlin"));
        var books = office.books;
        books.clock.stopAt(RENTED);
        var rented = books.rent(office.wallet("100"), books.price("7.30"), RENTED);
        books.change(rented, books.price("14.60"), RENTED.plusSeconds(600));
        ItemsTaken.take(books, rented.wallet(), "1", "setup:0");
        books.charge(IN_NOVEMBER);
        books.clock.stopAt(IN_NOVEMBER);

        assertThat(issue(office).documents()).isEqualTo(1);

        // 588 hours at 0.02, a thing, and nothing else.
        assertThat(books.balance(rented.wallet())).isEqualTo(books.money("87.24"));
        assertThat(count(books, "rated_period where tax_id is not null or tax_rate <> 0"))
                .isZero();
        for (var table : List.of("tax_term", "entry_tax", "invoice_tax", "ledger_account where kind = 'TAX'")) {
            assertThat(count(books, table)).as(table).isZero();
        }
        assertThat(count(books, """
                (select entry_id from posting group by entry_id having count(*) <> 2) odd
                """)).isZero();
        assertThat(books.faults()).isEmpty();
        assertThatAllIsWell(books);
    }

    @Test
    void aDocumentGetsNoOtherTaxOnceItIsIssued() {
        var office = TaxedOffice.open("taxed-for-good", false);
        var books = office.books;
        var rented = books.rent(TaxedOffice.wallet(office, "DE"), books.price("7.30"), RENTED);
        books.charge(OCTOBER.to());
        books.clock.stopAt(IN_NOVEMBER);
        issue(office);
        var other = books.rent(TaxedOffice.wallet(office, "FR"), books.price("7.30"), IN_NOVEMBER);

        assertThat(other.wallet()).isNotEqualTo(rented.wallet());
        assertThatThrownBy(() -> books.in(() -> books.sql.update("""
                        insert into invoice_tax (invoice_id, tax_id, base, taken, tax)
                        select v.id, t.id, 1, 0, 0 from invoice v join tax_term t on t.place = 'FR'
                        """)))
                .isInstanceOf(SqlFailure.class)
                .hasStackTraceContaining("its document is not of this transaction");
        assertThatThrownBy(() -> books.in(() -> books.sql.update("update invoice_tax set tax = 0")))
                .isInstanceOf(SqlFailure.class);
    }
}
