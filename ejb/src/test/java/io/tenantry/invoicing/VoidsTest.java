package io.tenantry.invoicing;

import static io.tenantry.invoicing.Office.IN_NOVEMBER;
import static io.tenantry.invoicing.Office.OCTOBER;
import static io.tenantry.invoicing.Office.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.auditor.Rig;
import io.tenantry.identity.Access;
import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.invoicing.Voids.Outcome;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.wallet.ItemsTaken;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Invoices that were issued wrongly are void: all that is left of them goes back, once. 7.30 a month is 0.01 an hour. */
class VoidsTest {
    private static Office office;

    @BeforeAll
    static void open() {
        office = TaxedOffice.open("voided", false);
    }

    @BeforeEach
    void beginInOctober() {
        office.books.clock.stopAt(RENTED);
    }

    @AfterEach
    void booksAreInOrder() {
        assertThat(Rig.found(office.books.tenant))
                .noneMatch(found -> found.invariant().startsWith("invoice")
                        || found.invariant().startsWith("tax")
                        || found.invariant().startsWith("wallet-")
                        || List.of("charges-match-periods", "entry-balances", "running-balance", "history-guarded")
                                .contains(found.invariant()));
    }

    /** October's invoice of one server, 5.15, a thing, 10, and something given back, 2; the wallet of it. */
    private static UUID invoiced(String country) {
        var wallet = TaxedOffice.wallet(office, country);
        var rented = office.books.rent(wallet, office.books.price("7.30"), RENTED);
        ItemsTaken.take(office.books, wallet, "10", "setup:" + wallet);
        ItemsTaken.giveBack(office.books, wallet, "2", "setup:" + wallet);
        office.books.charge(OCTOBER.to());
        office.books.end(rented, OCTOBER.to());
        office.books.clock.stopAt(IN_NOVEMBER);
        office.issue(wallet, OCTOBER);
        return wallet;
    }

    private static UUID invoice(UUID wallet) {
        return office.books.in(() -> office.books.sql.one(
                "select id from invoice where wallet_id = ? and kind = 'INVOICE'", row -> row.uuid("id"), wallet));
    }

    private static CreditNotes creditNotes() {
        var books = office.books;
        return new CreditNotes(
                books.sql,
                books.clock,
                new Access(books.sql),
                Office.trail(books),
                new TenantDirectory(Database.administration()),
                ItemsTaken.wallets(books));
    }

    private static Documents.Paper paper(UUID id) {
        var books = office.books;
        return books.in(() -> new Documents(
                        books.sql,
                        books.clock,
                        new Access(books.sql),
                        new TenantDirectory(Database.administration()),
                        office.invoicing)
                .one(id));
    }

    /** The position of the line with the thing. */
    private static int thing(UUID wallet) {
        var invoice = invoice(wallet);
        return office.books.in(() -> creditNotes().offer(invoice)).lines().stream()
                .filter(line -> line.amount().equals(office.books.money("10")))
                .findFirst()
                .orElseThrow()
                .position();
    }

    private static Voids voids() {
        var books = office.books;
        return new Voids(
                books.sql,
                books.clock,
                new Access(books.sql),
                Office.trail(books),
                new TenantDirectory(Database.administration()),
                ItemsTaken.wallets(books));
    }

    private static Outcome issue(UUID id, UUID invoice) {
        return office.books.in(() -> voids().issue(id, invoice, "for somebody else"));
    }

    private static CreditNotes.Outcome credit(UUID invoice, int position, String amount) {
        return office.books.in(() -> creditNotes()
                .issue(UUID.randomUUID(), invoice, Map.of(position, new BigDecimal(amount)), "it was down"));
    }

    private static BigDecimal sum(UUID wallet) {
        return office.books.in(() -> office.books.sql.one(
                "select sum(total) as total from invoice where wallet_id = ?", row -> row.decimal("total"), wallet));
    }

    @Test
    void allThatIsLeftGoesBackAndTheInvoiceSaysSo() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var asIssued = paper(invoice);
        var unused = credit(invoice, thing(wallet), "4");
        office.books.topUp(wallet, "0");
        var id = UUID.randomUUID();

        assertThat(issue(id, invoice)).isEqualTo(new Outcome.Done(id));
        office.books.topUp(wallet, "0");

        assertThat(sum(wallet)).isZero();
        assertThat(TaxedOffice.taken(office, wallet)).isZero();
        var paper = paper(invoice);
        assertThat(paper.issued().orElseThrow().state()).isEqualTo("VOID");
        assertThat(paper.total()).isEqualTo(asIssued.total());
        assertThat(paper.groups()).isEqualTo(asIssued.groups());
        assertThat(paper.corrections().voidedBy().orElseThrow().id()).isEqualTo(id);
        assertThat(paper(id).total()).isEqualTo(office.books.money("-10.89"));
    }

    @Test
    void askedForAgainItIsTheSameAndByAnotherItIsRefused() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var id = UUID.randomUUID();
        var first = issue(id, invoice);
        office.books.topUp(wallet, "0");
        var after = office.books.balance(wallet);

        assertThat(issue(id, invoice)).isEqualTo(first);
        assertThat(issue(UUID.randomUUID(), invoice)).isEqualTo(new Outcome.Before(id));
        assertThat(credit(invoice, 1, "1")).isEqualTo(new CreditNotes.Outcome.Voided());
        assertThatThrownBy(() -> office.books.in(() -> voids().offer(invoice))).isInstanceOf(NotVisible.class);
        assertThat(office.books.balance(wallet)).isEqualTo(after);
    }

    @Test
    void ofManyAtOnceOneWins() throws Exception {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var thing = thing(wallet);
        var acts = new ArrayList<Callable<Object>>();
        for (var round = 0; round < 3; round++) {
            acts.add(() -> issue(UUID.randomUUID(), invoice));
            acts.add(() -> credit(invoice, thing, "10"));
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
        office.books.topUp(wallet, "0");

        assertThat(done).filteredOn(Outcome.Done.class::isInstance).hasSize(1);
        assertThat(done)
                .filteredOn(CreditNotes.Outcome.Issued.class::isInstance)
                .hasSizeLessThanOrEqualTo(1);
        assertThat(sum(wallet)).isZero();
        assertThat(TaxedOffice.taken(office, wallet)).isZero();
    }

    @Test
    void whatIsCreditedInFullIsNotMadeVoidAndNobodyStatesNoReason() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        assertThat(office.books.in(() -> voids().issue(UUID.randomUUID(), invoice, " ")))
                .isEqualTo(new Outcome.Reason());
        var lines = office.books.in(() -> creditNotes().offer(invoice)).lines();
        lines.forEach(line -> {
            var unused = credit(invoice, line.position(), line.left().amount().toPlainString());
        });
        office.books.topUp(wallet, "0");

        assertThat(issue(UUID.randomUUID(), invoice)).isEqualTo(new Outcome.Nothing());
        assertThat(paper(invoice).issued().orElseThrow().state()).isEqualTo("PAID");
    }

    @Test
    void theDatabaseRefusesAVoidThatIsNone() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);

        assertThatThrownBy(() -> office.books.in(() -> office.books.sql.update(
                        "update invoice set state = 'VOID', voided_at = now(), void_reason = 'x' where id = ?",
                        invoice)))
                .hasStackTraceContaining("is void by nothing");
        assertThatThrownBy(() -> office.books.in(() -> office.books.sql.update(
                        "insert into invoice_void values (?, ?, 'x', now(), 'test')", invoice, invoice)))
                .hasStackTraceContaining("is not made void by");
        assertThat(Rig.inTheBooksAfter(
                        office.books.tenant,
                        "update invoice set state = 'VOID', voided_at = now(), void_reason = 'x' where id = '" + invoice
                                + "'"))
                .anyMatch(found -> found.invariant().equals("invoice-voids"));
    }

    @Test
    void whoDiesInTheMiddleLeavesTheInvoiceAsItWas() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var before = office.books.balance(wallet);

        assertThatThrownBy(() -> office.books.in(() -> {
                    var unused = voids().issue(UUID.randomUUID(), invoice, "lost");
                    throw new IllegalStateException("died");
                }))
                .hasStackTraceContaining("died");

        assertThat(office.books.balance(wallet)).isEqualTo(before);
        assertThat(paper(invoice).issued().orElseThrow().state()).isEqualTo("PAID");
    }

    @Test
    void aStrangerMakesNothingVoid() {
        var invoice = invoice(invoiced("DE"));
        try (var acting = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia"))) {
            assertThatThrownBy(() ->
                            Database.in(office.books.tenant, () -> voids().issue(UUID.randomUUID(), invoice, "x")))
                    .isInstanceOf(AccessDenied.class);
        }
    }
}
