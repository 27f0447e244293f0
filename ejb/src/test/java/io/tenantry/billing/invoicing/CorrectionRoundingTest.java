package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.reports.TaxSums;
import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All corrections of an invoice are rounded together, so that they never exceed it and a void invoice comes to zero. */
@Tag("full")
class CorrectionRoundingTest {
    private static final List<String> COUNTRIES = List.of("DE", "FR", "HU", "US");

    private static List<InvoicingFixture> all;

    private InvoicingFixture invoicingFixture;

    @BeforeAll
    static void open() {
        all = List.of(
                GermanTaxFixture.open("rounded-eur", "EUR", false),
                GermanTaxFixture.open("rounded-eur-gross", "EUR", true),
                GermanTaxFixture.open("rounded-jpy", "JPY", false),
                GermanTaxFixture.open("rounded-jpy-gross", "JPY", true),
                GermanTaxFixture.open("rounded-kwd", "KWD", false));
    }

    @BeforeEach
    void selectEuro() {
        invoicingFixture = all.get(0);
    }

    @AfterAll
    static void ledgerIsInOrder() {
        for (var one : all) {
            assertThat(AuditorFixture.found(
                            one.billingFixture.tenant,
                            "invoice",
                            "tax",
                            "wallet-",
                            "entry-balances",
                            "running-balance"))
                    .isEmpty();
        }
    }

    /** Creates October's invoice of items, each taxed in a country; returns its wallet. */
    private UUID invoiced(List<String> prices, List<String> countries) {
        var billingFixture = invoicingFixture.billingFixture;
        billingFixture.clock.stopAt(RENTED);
        var wallet = GermanTaxFixture.wallet(invoicingFixture, "DE");
        for (var nth = 0; nth < prices.size(); nth++) {
            var country = countries.get(nth);
            billingFixture.in(() -> billingFixture.sql.update(
                    "update organization set country = ? where id = (select organization_id from wallet where id = ?)",
                    country,
                    wallet));
            if (prices.get(nth).startsWith("-")) {
                ItemsCharged.giveBack(billingFixture, wallet, prices.get(nth).substring(1), "setup:" + nth);
            } else {
                ItemsCharged.take(billingFixture, wallet, prices.get(nth), "setup:" + nth);
            }
        }
        billingFixture.clock.stopAt(IN_NOVEMBER);
        invoicingFixture.issue(wallet, OCTOBER);
        return wallet;
    }

    private UUID invoice(UUID wallet) {
        return invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.one(
                "select id from invoice where wallet_id = ? and kind = 'INVOICE'", row -> row.uuid("id"), wallet));
    }

    private CreditNotes creditNotes() {
        var billingFixture = invoicingFixture.billingFixture;
        return new CreditNotes(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                new TenantDirectory(Database.administration()),
                ItemsCharged.items(billingFixture));
    }

    private CreditNotes.Outcome credit(UUID wallet, Map<Integer, BigDecimal> amounts) {
        var outcome = invoicingFixture.billingFixture.in(() ->
                InvoicingFixture.issue(creditNotes(), UUID.randomUUID(), invoice(wallet), amounts, "it was down"));
        invoicingFixture.billingFixture.topUp(wallet, "0");
        return outcome;
    }

    private DebitNotes.Outcome debit(UUID wallet, Map<Integer, BigDecimal> amounts) {
        var billingFixture = invoicingFixture.billingFixture;
        var notes = new DebitNotes(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                new TenantDirectory(Database.administration()),
                ItemsCharged.items(billingFixture));
        var outcome = billingFixture.in(() ->
                InvoicingFixture.issue(notes, UUID.randomUUID(), invoice(wallet), amounts, "an hour was forgotten"));
        billingFixture.topUp(wallet, "0");
        return outcome;
    }

    private Voids.Outcome voided(UUID wallet) {
        var billingFixture = invoicingFixture.billingFixture;
        var voids = new Voids(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                new TenantDirectory(Database.administration()),
                ItemsCharged.items(billingFixture));
        var outcome = billingFixture.in(() -> voids.issue(UUID.randomUUID(), invoice(wallet), "for somebody else"));
        billingFixture.topUp(wallet, "0");
        return outcome;
    }

    /** Returns the total of an invoice with its corrections. */
    private BigDecimal sum(UUID wallet) {
        return invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.one(
                "select sum(total) as total from invoice where wallet_id = ?", row -> row.decimal("total"), wallet));
    }

    private BigDecimal taken(UUID wallet) {
        return GermanTaxFixture.charged(invoicingFixture, wallet);
    }

    private void assertThatItComesToZero(UUID wallet) {
        assertThat(sum(wallet)).as("total").isZero();
        assertThat(taken(wallet)).as("taken from the wallet").isZero();
        var sums = invoicingFixture.billingFixture.in(
                () -> invoicingFixture.billingFixture.sql.query("""
                select sum(v.total - v.tax) as stated from invoice v where v.wallet_id = ?
                union all
                select sum(x.tax) from invoice v join invoice_tax x on x.invoice_id = v.id where v.wallet_id = ? group by x.tax_id
                """, row -> row.decimal("stated"), wallet, wallet));
        assertThat(sums).as("net, and the tax of each rate").allMatch(stated -> stated.signum() == 0);
    }

    private void assertThatNoDocumentIsEmpty(UUID wallet) {
        assertThat(invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.query(
                        "select number_text from invoice where wallet_id = ? and total = 0 and tax = 0",
                        row -> row.text("number_text"),
                        wallet)))
                .isEmpty();
    }

    @Test
    void smallCreditsAndAVoidRefundWhatWasPaid() {
        invoicingFixture = all.get(0);
        var wallet = invoiced(List.of("3.90888065"), List.of("DE"));
        assertThat(sum(wallet)).isEqualByComparingTo("4.65");
        for (var nth = 0; nth < 5; nth++) {
            assertThat(credit(wallet, Map.of(1, new BigDecimal("0.02"))))
                    .isInstanceOf(CreditNotes.Outcome.Issued.class);
        }

        assertThat(voided(wallet)).isInstanceOf(Voids.Outcome.Done.class);

        assertThatItComesToZero(wallet);
    }

    @Test
    void smallDebitsAndAVoidRefundWhatWasCharged() {
        invoicingFixture = all.get(0);
        var wallet = invoiced(List.of("13.83561644"), List.of("DE"));
        for (var amount : List.of("0.02", "0.02", "0.02", "0.03", "5.00")) {
            assertThat(debit(wallet, Map.of(1, new BigDecimal(amount)))).isInstanceOf(DebitNotes.Outcome.Issued.class);
        }

        assertThat(voided(wallet)).isInstanceOf(Voids.Outcome.Done.class);

        assertThatItComesToZero(wallet);
    }

    @Test
    void listsAndTheTaxReportMatchTheDocuments() {
        invoicingFixture = gross();
        var billingFixture = invoicingFixture.billingFixture;
        var wallet = invoiced(List.of("22.59677048"), List.of("DE"));
        assertThat(credit(wallet, Map.of(1, new BigDecimal("0.02")))).isInstanceOf(CreditNotes.Outcome.Issued.class);

        var list = new DocumentList(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                new TenantDirectory(Database.administration()));
        var documents = billingFixture.in(() -> list.rows(ListQuery.of(10)));
        assertThat(documents)
                .extracting(one -> one.net() + " of " + one.total())
                .containsExactlyInAnyOrder("18.99000000 EUR of 22.60000000 EUR", "-0.02000000 EUR of -0.03000000 EUR");
        assertThat(TaxSums.of(billingFixture, "2026-10-01", "2026-10-31")).containsExactly("DE TAXED 18.99000000 3.61");
        assertThat(TaxSums.of(billingFixture, "2026-11-01", "2026-11-30"))
                .containsExactly("DE TAXED -0.02000000 -0.01");

        assertThat(voided(wallet)).isInstanceOf(Voids.Outcome.Done.class);
        assertThat(TaxSums.of(billingFixture, "2026-10-01", "2026-11-30")).containsExactly("DE TAXED 0.00000000 0");
    }

    /** A tenant without other documents. */
    private static InvoicingFixture gross() {
        return GermanTaxFixture.open("rounded-listed", "EUR", true);
    }

    @Test
    void refusesACorrectionTooSmallForADocument() {
        invoicingFixture = all.get(1);
        // With and without a cent, 0.84 net and 0.16 of tax.
        var wallet = invoiced(List.of("1.00365"), List.of("DE"));
        var before = taken(wallet);

        assertThat(credit(wallet, Map.of(1, new BigDecimal("0.01"))))
                .isEqualTo(new CreditNotes.Outcome.Invalid(
                        List.of(CorrectionFault.of(CorrectionFault.Kind.TOO_SMALL, Set.of(1)))));

        assertThat(sum(wallet)).isEqualByComparingTo("1.00");
        assertThat(taken(wallet)).isEqualByComparingTo(before);
        assertThat(credit(wallet, Map.of(1, new BigDecimal("0.02")))).isInstanceOf(CreditNotes.Outcome.Issued.class);
        assertThat(sum(wallet)).isEqualByComparingTo("0.99");
        assertThatNoDocumentIsEmpty(wallet);
    }

    @Test
    void anyCorrectionsAndAVoidAddUpToZero() {
        var random = new Random(42);
        for (var round = 0; round < 25; round++) {
            invoicingFixture = all.get(round % all.size());
            var decimals = invoicingFixture.billingFixture.money("0").currency().getDefaultFractionDigits();
            var count = 1 + random.nextInt(4);
            var wallet = invoiced(
                    random.ints(count, 1, 1_500_000_000)
                            .mapToObj(units -> new BigDecimal(units)
                                    .movePointLeft(6 + Math.min(decimals, 2))
                                    .toPlainString())
                            .toList(),
                    random.ints(count, 0, COUNTRIES.size())
                            .mapToObj(COUNTRIES::get)
                            .toList());
            for (var step = random.nextInt(7); step > 0; step--) {
                correct(wallet, random, decimals);
                assertThat(sum(wallet)).as("round " + round).isNotNegative();
                assertThat(taken(wallet)).as("round " + round).isEqualByComparingTo(sum(wallet));
            }
            assertThat(voided(wallet)).isInstanceOfAny(Voids.Outcome.Done.class, Voids.Outcome.Nothing.class);
            assertThatItComesToZero(wallet);
            assertThatNoDocumentIsEmpty(wallet);
        }
    }

    private void correct(UUID wallet, Random random, int decimals) {
        var isDebit = random.nextInt(3) == 0;
        var amounts = new HashMap<Integer, BigDecimal>();
        var lines = invoicingFixture
                .billingFixture
                .in(() -> creditNotes().offer(invoice(wallet)))
                .lines();
        for (var line : lines) {
            var most = line.left().amount().setScale(decimals, RoundingMode.DOWN);
            var smallest = BigDecimal.ONE.movePointLeft(decimals);
            var amount = switch (random.nextInt(4)) {
                case 0 -> BigDecimal.ZERO;
                case 1 -> smallest;
                case 2 -> smallest.multiply(new BigDecimal(2 + random.nextInt(5)));
                default ->
                    most.multiply(new BigDecimal(random.nextInt(101)))
                            .movePointLeft(2)
                            .setScale(decimals, RoundingMode.DOWN);
            };
            amounts.put(line.position(), isDebit ? amount : amount.min(most));
        }
        var unused = isDebit ? debit(wallet, amounts) : credit(wallet, amounts);
    }
}
