package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.invoicing.Voids.Outcome;
import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Wrongly issued invoices are voided: their remaining amount is refunded, once. 7.30 a month is 0.01 an hour. */
class VoidsTest {
    private static InvoicingFixture invoicingFixture;

    @BeforeAll
    static void open() {
        invoicingFixture = GermanTaxFixture.open("voided", false);
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

    private static Voids voids() {
        var billingFixture = invoicingFixture.billingFixture;
        return new Voids(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                new TenantDirectory(Database.administration()),
                ItemsCharged.items(billingFixture));
    }

    private static Outcome issue(UUID id, UUID invoice) {
        return invoicingFixture.billingFixture.in(() -> voids().issue(id, invoice, "for somebody else"));
    }

    private static CreditNotes.Outcome credit(UUID invoice, int position, String amount) {
        return invoicingFixture.billingFixture.in(() -> creditNotes()
                .issue(UUID.randomUUID(), invoice, Map.of(position, new BigDecimal(amount)), "it was down"));
    }

    private static BigDecimal sum(UUID wallet) {
        return invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.one(
                "select sum(total) as total from invoice where wallet_id = ?", row -> row.decimal("total"), wallet));
    }

    @Test
    void refundsTheRemainderAndMarksTheInvoiceVoid() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var asIssued = details(invoice);
        var unused = credit(invoice, itemPosition(wallet), "4");
        invoicingFixture.billingFixture.topUp(wallet, "0");
        var id = UUID.randomUUID();

        assertThat(issue(id, invoice)).isEqualTo(new Outcome.Done(id));
        invoicingFixture.billingFixture.topUp(wallet, "0");

        assertThat(sum(wallet)).isZero();
        assertThat(GermanTaxFixture.charged(invoicingFixture, wallet)).isZero();
        var invoiceDetails = details(invoice);
        assertThat(invoiceDetails.issued().orElseThrow().state()).isEqualTo("VOID");
        assertThat(invoiceDetails.total()).isEqualTo(asIssued.total());
        assertThat(invoiceDetails.groups()).isEqualTo(asIssued.groups());
        assertThat(invoiceDetails.corrections().voidedBy().orElseThrow().id()).isEqualTo(id);
        assertThat(details(id).total()).isEqualTo(invoicingFixture.billingFixture.money("-10.89"));
    }

    @Test
    void repeatsTheSameRequestAndRefusesAnother() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var id = UUID.randomUUID();
        var first = issue(id, invoice);
        invoicingFixture.billingFixture.topUp(wallet, "0");
        var after = invoicingFixture.billingFixture.balance(wallet);

        assertThat(issue(id, invoice)).isEqualTo(first);
        assertThat(invoicingFixture.billingFixture.in(() -> voids().issue(id, invoice, "for another reason")))
                .isEqualTo(new Outcome.AlreadyRequested(invoicingFixture.billingFixture.money("15.65")));
        assertThat(issue(UUID.randomUUID(), invoice)).isEqualTo(new Outcome.AlreadyVoid(id));
        assertThat(credit(invoice, 1, "1")).isEqualTo(new CreditNotes.Outcome.Voided());
        assertThatThrownBy(() -> invoicingFixture.billingFixture.in(() -> voids().offer(invoice)))
                .isInstanceOf(NotFoundException.class);
        assertThat(invoicingFixture.billingFixture.balance(wallet)).isEqualTo(after);
    }

    @Test
    void letsOneOfConcurrentVoidsAndCreditsWin() throws Exception {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var item = itemPosition(wallet);
        var acts = new ArrayList<Callable<Object>>();
        for (var round = 0; round < 3; round++) {
            acts.add(() -> issue(UUID.randomUUID(), invoice));
            acts.add(() -> credit(invoice, item, "10"));
        }
        var done = new ArrayList<Object>();
        var workers = Executors.newFixedThreadPool(acts.size());
        try {
            for (var future : workers.invokeAll(acts)) {
                done.add(future.get());
            }
        } finally {
            workers.shutdownNow();
        }
        invoicingFixture.billingFixture.topUp(wallet, "0");

        assertThat(done).filteredOn(Outcome.Done.class::isInstance).hasSize(1);
        assertThat(done)
                .filteredOn(CreditNotes.Outcome.Issued.class::isInstance)
                .hasSizeLessThanOrEqualTo(1);
        assertThat(sum(wallet)).isZero();
        assertThat(GermanTaxFixture.charged(invoicingFixture, wallet)).isZero();
    }

    @Test
    void refusesAFullyCreditedInvoiceAndAMissingReason() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        assertThat(invoicingFixture.billingFixture.in(() -> voids().issue(UUID.randomUUID(), invoice, " ")))
                .isEqualTo(new Outcome.Reason());
        var item = itemPosition(wallet);
        var server = invoicingFixture.billingFixture.in(() -> creditNotes().offer(invoice)).lines().stream()
                .mapToInt(CreditNotes.CreditableLine::position)
                .filter(position -> position != item)
                .findFirst()
                .orElseThrow();
        assertThat(credit(invoice, item, "10")).isInstanceOf(CreditNotes.Outcome.Issued.class);
        assertThat(credit(invoice, server, "5.15"))
                .as("2 of it were refunded by the invoice itself")
                .isEqualTo(new CreditNotes.Outcome.Invalid(List.of(new CorrectionFault(
                        CorrectionFault.Kind.EXCEEDS_INVOICE,
                        Set.of(server),
                        Optional.of(invoicingFixture.billingFixture.money("3.75"))))));
        assertThat(credit(invoice, server, "3.15")).isInstanceOf(CreditNotes.Outcome.Issued.class);
        invoicingFixture.billingFixture.topUp(wallet, "0");

        assertThat(issue(UUID.randomUUID(), invoice)).isEqualTo(new Outcome.Nothing());
        assertThat(details(invoice).issued().orElseThrow().state()).isEqualTo("PAID");
    }

    @Test
    void databaseAndAuditorRejectInvalidVoids() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);

        assertThatThrownBy(() -> invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.update(
                        "update invoice set state = 'VOID', voided_at = now(), void_reason = 'x' where id = ?",
                        invoice)))
                .hasStackTraceContaining("is void by nothing");
        assertThatThrownBy(() -> invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.update(
                        "insert into invoice_void values (?, ?, 'x', now(), 'test')", invoice, invoice)))
                .hasStackTraceContaining("is not made void by");
        assertThat(AuditorFixture.inTheLedgerAfter(
                        invoicingFixture.billingFixture.tenant,
                        "update invoice set state = 'VOID', voided_at = now(), void_reason = 'x' where id = '" + invoice
                                + "'"))
                .anyMatch(found -> found.invariant().equals("invoice-voids"));
    }

    @Test
    void rollsBackOnFailure() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var before = invoicingFixture.billingFixture.balance(wallet);

        assertThatThrownBy(() -> invoicingFixture.billingFixture.in(() -> {
                    var unused = voids().issue(UUID.randomUUID(), invoice, "lost");
                    throw new IllegalStateException("died");
                }))
                .hasStackTraceContaining("died");

        assertThat(invoicingFixture.billingFixture.balance(wallet)).isEqualTo(before);
        assertThat(details(invoice).issued().orElseThrow().state()).isEqualTo("PAID");
    }

    @Test
    void requiresPermission() {
        var invoice = invoice(invoiced("DE"));
        try (var actorScope = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia"))) {
            assertThatThrownBy(() -> Database.in(
                            invoicingFixture.billingFixture.tenant,
                            () -> voids().issue(UUID.randomUUID(), invoice, "x")))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }
}
