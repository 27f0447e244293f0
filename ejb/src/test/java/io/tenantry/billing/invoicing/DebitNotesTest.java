package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.invoicing.DebitNotes.Outcome;
import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Invoice lines that were too low are raised: money, document and number at once. 7.30 a month is 0.01 an hour. */
class DebitNotesTest {
    private static InvoicingFixture invoicingFixture;

    @BeforeAll
    static void open() {
        invoicingFixture = GermanTaxFixture.open("debited", false);
    }

    @BeforeEach
    void startInOctober() {
        invoicingFixture.billingFixture.clock.stopAt(RENTED);
    }

    @AfterEach
    void assertLedgerIsConsistent() {
        assertThat(AuditorFixture.found(
                        invoicingFixture.billingFixture.tenant,
                        "invoice",
                        "tax",
                        "wallet-",
                        "charges-match-periods",
                        "entry-balances",
                        "running-balance"))
                .isEmpty();
    }

    /** Creates October's invoice of one server, 5.15, an item, 10, and a refund, 2; returns its wallet. */
    private static UUID invoiced(String country) {
        var wallet = GermanTaxFixture.wallet(invoicingFixture, country);
        var rented =
                invoicingFixture.billingFixture.rent(wallet, invoicingFixture.billingFixture.price("7.30"), RENTED);
        ItemsCharged.take(invoicingFixture.billingFixture, wallet, "10", "setup:" + wallet);
        ItemsCharged.giveBack(invoicingFixture.billingFixture, wallet, "2", "setup:" + wallet);
        invoicingFixture.billingFixture.charge(OCTOBER.to());
        invoicingFixture.billingFixture.end(rented, OCTOBER.to());
        invoicingFixture.billingFixture.clock.stopAt(IN_NOVEMBER);
        invoicingFixture.issue(wallet, OCTOBER);
        return wallet;
    }

    private static UUID invoice(UUID wallet) {
        return invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.one(
                "select id from invoice where wallet_id = ? and kind = 'INVOICE'", row -> row.uuid("id"), wallet));
    }

    private static CreditNotes creditNotes() {
        var billingFixture = invoicingFixture.billingFixture;
        return new CreditNotes(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                new TenantDirectory(Database.administration()),
                ItemsCharged.items(billingFixture));
    }

    private static InvoiceQuery.InvoiceDetails details(UUID id) {
        var billingFixture = invoicingFixture.billingFixture;
        return billingFixture.in(() -> new InvoiceQuery(
                        billingFixture.sql,
                        billingFixture.clock,
                        new Access(billingFixture.sql),
                        new TenantDirectory(Database.administration()),
                        invoicingFixture.invoicing)
                .one(id));
    }

    /** Returns the position of the item's line. */
    private static int itemPosition(UUID wallet) {
        var invoice = invoice(wallet);
        return invoicingFixture.billingFixture.in(() -> creditNotes().offer(invoice)).lines().stream()
                .filter(line -> line.amount().equals(invoicingFixture.billingFixture.money("10")))
                .findFirst()
                .orElseThrow()
                .position();
    }

    private static DebitNotes notes() {
        var billingFixture = invoicingFixture.billingFixture;
        return new DebitNotes(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                new TenantDirectory(Database.administration()),
                ItemsCharged.items(billingFixture));
    }

    private static Outcome debit(UUID id, UUID wallet, Map<Integer, BigDecimal> amounts) {
        var invoice = invoice(wallet);
        var outcome =
                invoicingFixture.billingFixture.in(() -> notes().issue(id, invoice, amounts, "an hour was forgotten"));
        invoicingFixture.billingFixture.topUp(wallet, "0");
        return outcome;
    }

    @Test
    void keepsTheOriginalTaxOfTheLine() {
        var wallet = invoiced("FR");
        invoicingFixture.billingFixture.in(
                () -> invoicingFixture.billingFixture.sql.update("""
                insert into tax_status (organization_id, status, evidence, from_at, recorded_at, recorded_by)
                select organization_id, 'BUSINESS', 'VIES', ?, ?, 'test' from wallet where id = ?
                """, IN_NOVEMBER, IN_NOVEMBER, wallet));
        var before = invoicingFixture.billingFixture.balance(wallet);
        var id = UUID.randomUUID();

        assertThat(debit(id, wallet, Map.of(itemPosition(wallet), new BigDecimal("4"))))
                .isEqualTo(new Outcome.Issued(id));

        assertThat(before.minus(invoicingFixture.billingFixture.balance(wallet)))
                .isEqualTo(invoicingFixture.billingFixture.money("4.80"));
        var invoiceDetails = details(id);
        var invoiceSummary = invoiceDetails.issued().orElseThrow();
        assertThat(invoiceSummary.number()).matches("DN-2026-[0-9]{6}");
        assertThat(invoiceSummary.kind()).isEqualTo(DocumentKind.DEBIT_NOTE);
        assertThat(invoiceSummary.paidAt()).contains(invoiceSummary.issuedAt());
        assertThat(invoiceDetails.net()).isEqualTo(invoicingFixture.billingFixture.money("4"));
        assertThat(invoiceDetails.tax()).isEqualTo(invoicingFixture.billingFixture.money("0.80"));
        assertThat(invoiceDetails.corrections().corrects().orElseThrow().number())
                .startsWith("INV-2026-");
        assertThat(invoiceDetails.corrections().reason()).isEqualTo("an hour was forgotten");
        assertThat(details(invoice(wallet)).corrections().correctedBy())
                .extracting(InvoiceReferences.Reference::id)
                .containsExactly(id);
        assertThat(invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.query(
                        "select state from invoice_delivery where invoice_id = ?", row -> row.text("state"), id)))
                .containsExactly("DUE");
    }

    @Test
    void staysOpenUntilTheBalanceSuffices() {
        var wallet = invoiced("DE");
        var id = UUID.randomUUID();
        var unused = debit(id, wallet, Map.of(itemPosition(wallet), new BigDecimal("900000")));
        assertThat(details(id).issued().orElseThrow().state()).isEqualTo("FINAL");

        invoicingFixture.billingFixture.topUp(wallet, "2000000");
        var settled = invoicingFixture.billingFixture.in(() -> invoicingFixture.invoicing.settle(wallet));

        assertThat(settled).isEqualTo(1);
        assertThat(details(id).issued().orElseThrow().state()).isEqualTo("PAID");
    }

    @Test
    void canBeCreditedUpToTheIncreasedAmount() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var item = itemPosition(wallet);
        var before = invoicingFixture.billingFixture.balance(wallet);
        var unused = debit(UUID.randomUUID(), wallet, Map.of(item, new BigDecimal("4")));

        assertThat(invoicingFixture.billingFixture.in(() -> creditNotes()
                        .issue(UUID.randomUUID(), invoice, Map.of(item, new BigDecimal("14.01")), "too much")))
                .isEqualTo(new CreditNotes.Outcome.Invalid(
                        List.of(CorrectionFault.of(CorrectionFault.Kind.AMOUNT, Set.of(item)))));
        assertThat(invoicingFixture.billingFixture.in(() -> creditNotes()
                        .issue(UUID.randomUUID(), invoice, Map.of(item, new BigDecimal("14")), "all of it")))
                .isInstanceOf(CreditNotes.Outcome.Issued.class);
        invoicingFixture.billingFixture.topUp(wallet, "0");

        assertThat(invoicingFixture.billingFixture.balance(wallet).minus(before))
                .isEqualTo(invoicingFixture.billingFixture.money("11.90"));
    }

    @Test
    void issuesOneDocumentForARepeatedRequestAndRefusesInvalidAmounts() {
        var wallet = invoiced("DE");
        var item = itemPosition(wallet);
        var id = UUID.randomUUID();
        var first = debit(id, wallet, Map.of(item, BigDecimal.ONE));
        var after = invoicingFixture.billingFixture.balance(wallet);

        assertThat(debit(id, wallet, Map.of(item, BigDecimal.ONE))).isEqualTo(first);
        assertThat(debit(id, wallet, Map.of(item, BigDecimal.TEN)))
                .isEqualTo(new Outcome.AlreadyRequested(invoicingFixture.billingFixture.money("1.19")));
        var invoiced = invoice(wallet);
        assertThat(invoicingFixture.billingFixture.in(
                        () -> notes().issue(id, invoiced, Map.of(item, BigDecimal.ONE), "another reason")))
                .isEqualTo(new Outcome.AlreadyRequested(invoicingFixture.billingFixture.money("1.19")));
        assertThat(invoicingFixture.billingFixture.in(
                        () -> creditNotes().issue(id, invoiced, Map.of(item, BigDecimal.ONE), "an hour was forgotten")))
                .as("the id of a document of another kind")
                .isEqualTo(new CreditNotes.Outcome.AlreadyRequested(invoicingFixture.billingFixture.money("1.19")));
        for (var unfit : List.of("-1", "1000000.01")) {
            assertThat(debit(UUID.randomUUID(), wallet, Map.of(item, new BigDecimal(unfit))))
                    .isEqualTo(new Outcome.Invalid(
                            List.of(CorrectionFault.of(CorrectionFault.Kind.AMOUNT, Set.of(item)))));
        }
        assertThat(debit(UUID.randomUUID(), wallet, Map.of(item, new BigDecimal("0.006"))))
                .isEqualTo(
                        new Outcome.Invalid(List.of(CorrectionFault.of(CorrectionFault.Kind.DECIMALS, Set.of(item)))));
        assertThat(invoicingFixture.billingFixture.in(() -> notes().issue(
                                UUID.randomUUID(),
                                invoiced,
                                Map.of(item, new BigDecimal("0.006"), 99, BigDecimal.ONE),
                                "")))
                .as("all faults together")
                .isEqualTo(new Outcome.Invalid(List.of(
                        CorrectionFault.of(CorrectionFault.Kind.REASON),
                        CorrectionFault.of(CorrectionFault.Kind.DECIMALS, Set.of(item)),
                        CorrectionFault.of(CorrectionFault.Kind.AMOUNT, Set.of(99)))));
        assertThat(debit(UUID.randomUUID(), wallet, Map.of(99, BigDecimal.ONE)))
                .isEqualTo(new Outcome.Invalid(List.of(CorrectionFault.of(CorrectionFault.Kind.AMOUNT, Set.of(99)))));
        assertThat(debit(UUID.randomUUID(), wallet, Map.of(item, BigDecimal.ZERO)))
                .isEqualTo(new Outcome.Invalid(List.of(CorrectionFault.of(CorrectionFault.Kind.NOTHING))));
        var invoice = invoice(wallet);
        assertThat(invoicingFixture.billingFixture.in(
                        () -> notes().issue(UUID.randomUUID(), invoice, Map.of(item, BigDecimal.ONE), " ")))
                .isEqualTo(new Outcome.Invalid(List.of(CorrectionFault.of(CorrectionFault.Kind.REASON))));
        assertThat(invoicingFixture.billingFixture.balance(wallet)).isEqualTo(after);
    }

    @Test
    void rollsBackMoneyAndNumberOnFailure() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var amounts = Map.of(itemPosition(wallet), BigDecimal.ONE);
        var before = invoicingFixture.billingFixture.balance(wallet);

        assertThatThrownBy(() -> invoicingFixture.billingFixture.in(() -> {
                    var unused = notes().issue(UUID.randomUUID(), invoice, amounts, "lost");
                    throw new IllegalStateException("died");
                }))
                .hasStackTraceContaining("died");

        assertThat(invoicingFixture.billingFixture.balance(wallet)).isEqualTo(before);
        assertThat(details(invoice).corrections().correctedBy()).isEmpty();
    }

    @Test
    void requiresPermissionAndAnInvoice() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var id = UUID.randomUUID();
        var unused = debit(id, wallet, Map.of(itemPosition(wallet), BigDecimal.ONE));

        assertThatThrownBy(() -> invoicingFixture.billingFixture.in(() -> notes().offer(id)))
                .isInstanceOf(NotFoundException.class);
        try (var actorScope = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia"))) {
            assertThatThrownBy(() -> Database.in(
                            invoicingFixture.billingFixture.tenant,
                            () -> notes().issue(UUID.randomUUID(), invoice, Map.of(1, BigDecimal.ONE), "x")))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }
}
