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
import io.tenantry.invoicing.DebitNotes.Outcome;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.wallet.ItemsTaken;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lines of invoices that were too low are raised: money, document and number at once. 7.30 a month is 0.01 an hour. */
class DebitNotesTest {
    private static Office office;

    @BeforeAll
    static void open() {
        office = TaxedOffice.open("debited", false);
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

    private static DebitNotes notes() {
        var books = office.books;
        return new DebitNotes(
                books.sql,
                books.clock,
                new Access(books.sql),
                Office.trail(books),
                new TenantDirectory(Database.administration()),
                ItemsTaken.wallets(books));
    }

    private static Outcome debit(UUID id, UUID wallet, Map<Integer, BigDecimal> amounts) {
        var invoice = invoice(wallet);
        var outcome = office.books.in(() -> notes().issue(id, invoice, amounts, "an hour was forgotten"));
        office.books.topUp(wallet, "0");
        return outcome;
    }

    @Test
    void aLineIsRaisedGrossByTheTaxThatItBoreWhateverTheCustomerBearsNow() {
        var wallet = invoiced("FR");
        office.books.in(() -> office.books.sql.update("""
                insert into tax_status (organization_id, status, evidence, from_at, noted_at, noted_by)
                select organization_id, 'BUSINESS', 'VIES', ?, ?, 'test' from wallet where id = ?
                """, IN_NOVEMBER, IN_NOVEMBER, wallet));
        var before = office.books.balance(wallet);
        var id = UUID.randomUUID();

        assertThat(debit(id, wallet, Map.of(thing(wallet), new BigDecimal("4"))))
                .isEqualTo(new Outcome.Issued(id));

        assertThat(before.minus(office.books.balance(wallet))).isEqualTo(office.books.money("4.80"));
        var paper = paper(id);
        var head = paper.issued().orElseThrow();
        assertThat(head.number()).matches("DN-2026-[0-9]{6}");
        assertThat(head.kind()).isEqualTo(DocumentKind.DEBIT_NOTE);
        assertThat(head.paidAt()).contains(head.issuedAt());
        assertThat(paper.net()).isEqualTo(office.books.money("4"));
        assertThat(paper.tax()).isEqualTo(office.books.money("0.80"));
        assertThat(paper.corrections().corrects().orElseThrow().number()).startsWith("INV-2026-");
        assertThat(paper.corrections().reason()).isEqualTo("an hour was forgotten");
        assertThat(paper(invoice(wallet)).corrections().correctedBy())
                .extracting(Corrections.Reference::id)
                .containsExactly(id);
        assertThat(office.books.in(() -> office.books.sql.query(
                        "select state from invoice_mailing where invoice_id = ?", row -> row.text("state"), id)))
                .containsExactly("DUE");
    }

    @Test
    void oneThatTheWalletCannotPayIsOpenUntilMoneyComes() {
        var wallet = invoiced("DE");
        var id = UUID.randomUUID();
        var unused = debit(id, wallet, Map.of(thing(wallet), new BigDecimal("900000")));
        assertThat(paper(id).issued().orElseThrow().state()).isEqualTo("FINAL");

        office.books.topUp(wallet, "2000000");
        var settled = office.books.in(() -> office.invoicing.settle(wallet));

        assertThat(settled).isEqualTo(1);
        assertThat(paper(id).issued().orElseThrow().state()).isEqualTo("PAID");
    }

    @Test
    void whatWasDebitedCanBeCreditedAgainAndNoMore() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var thing = thing(wallet);
        var before = office.books.balance(wallet);
        var unused = debit(UUID.randomUUID(), wallet, Map.of(thing, new BigDecimal("4")));

        assertThat(office.books.in(() -> creditNotes()
                        .issue(UUID.randomUUID(), invoice, Map.of(thing, new BigDecimal("14.01")), "too much")))
                .isEqualTo(new CreditNotes.Outcome.Amounts(Set.of(thing)));
        assertThat(office.books.in(() -> creditNotes()
                        .issue(UUID.randomUUID(), invoice, Map.of(thing, new BigDecimal("14")), "all of it")))
                .isInstanceOf(CreditNotes.Outcome.Issued.class);
        office.books.topUp(wallet, "0");

        assertThat(office.books.balance(wallet).minus(before)).isEqualTo(office.books.money("11.90"));
    }

    @Test
    void aFormThatIsSentTwiceIsOneDocumentAndNothingElseIsRaised() {
        var wallet = invoiced("DE");
        var thing = thing(wallet);
        var id = UUID.randomUUID();
        var first = debit(id, wallet, Map.of(thing, BigDecimal.ONE));
        var after = office.books.balance(wallet);

        assertThat(debit(id, wallet, Map.of(thing, BigDecimal.ONE))).isEqualTo(first);
        for (var unfit : List.of("-1", "0.000000001", "1000000.01")) {
            assertThat(debit(UUID.randomUUID(), wallet, Map.of(thing, new BigDecimal(unfit))))
                    .isEqualTo(new Outcome.Amounts(Set.of(thing)));
        }
        assertThat(debit(UUID.randomUUID(), wallet, Map.of(99, BigDecimal.ONE)))
                .isEqualTo(new Outcome.Amounts(Set.of(99)));
        assertThat(debit(UUID.randomUUID(), wallet, Map.of(thing, BigDecimal.ZERO)))
                .isEqualTo(new Outcome.Nothing());
        var invoice = invoice(wallet);
        assertThat(office.books.in(() -> notes().issue(UUID.randomUUID(), invoice, Map.of(thing, BigDecimal.ONE), " ")))
                .isEqualTo(new Outcome.Reason());
        assertThat(office.books.balance(wallet)).isEqualTo(after);
    }

    @Test
    void whoDiesInTheMiddleLeavesNeitherMoneyNorNumber() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var amounts = Map.of(thing(wallet), BigDecimal.ONE);
        var before = office.books.balance(wallet);

        assertThatThrownBy(() -> office.books.in(() -> {
                    var unused = notes().issue(UUID.randomUUID(), invoice, amounts, "lost");
                    throw new IllegalStateException("died");
                }))
                .hasStackTraceContaining("died");

        assertThat(office.books.balance(wallet)).isEqualTo(before);
        assertThat(paper(invoice).corrections().correctedBy()).isEmpty();
    }

    @Test
    void aStrangerRaisesNothingAndNobodyWhatIsNoInvoice() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var id = UUID.randomUUID();
        var unused = debit(id, wallet, Map.of(thing(wallet), BigDecimal.ONE));

        assertThatThrownBy(() -> office.books.in(() -> notes().offer(id))).isInstanceOf(NotVisible.class);
        try (var acting = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia"))) {
            assertThatThrownBy(() -> Database.in(
                            office.books.tenant,
                            () -> notes().issue(UUID.randomUUID(), invoice, Map.of(1, BigDecimal.ONE), "x")))
                    .isInstanceOf(AccessDenied.class);
        }
    }
}
