package io.tenantry.invoicing;

import static io.tenantry.invoicing.Office.IN_DECEMBER;
import static io.tenantry.invoicing.Office.IN_NOVEMBER;
import static io.tenantry.invoicing.Office.NOVEMBER;
import static io.tenantry.invoicing.Office.OCTOBER;
import static io.tenantry.invoicing.Office.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.auditor.Rig;
import io.tenantry.charging.Books;
import io.tenantry.identity.Access;
import io.tenantry.identity.AccessDenied;
import io.tenantry.invoicing.TaxCorrections.Corrected;
import io.tenantry.tax.NumberChecked;
import io.tenantry.tax.Treatment;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.wallet.ItemsTaken;
import io.tenantry.work.Desk;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** VIES was away, tax was charged, VIES says yes: the tax goes back, once. A German reseller, French customers at 20 percent by OSS. */
class TaxCorrectionsTest {
    private static final String NUMBER = "FR40303265045";
    private static final String OTHER = "FR61954506077";

    /** VIES answers in November, after October's invoice. */
    private static final Instant CONFIRMED = Instant.parse("2026-11-05T12:20:00Z");

    private static Office net;
    private static Office gross;
    private static Desk desk;

    private Office office;
    private UUID wallet;
    private UUID organization;

    @BeforeAll
    static void open() {
        net = TaxedOffice.open("retaxed-net", false);
        gross = TaxedOffice.open("retaxed-gross", true);
        desk = new Desk(net.books.tenant);
    }

    @BeforeEach
    void haveACustomer() {
        customerOf(net);
    }

    private void customerOf(Office its) {
        office = its;
        office.books.clock.stopAt(RENTED);
        wallet = TaxedOffice.wallet(office, "FR");
        organization = office.books.in(() -> office.books.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
    }

    @AfterEach
    void booksAreInOrder() {
        for (var one : List.of(net, gross)) {
            assertThat(Rig.found(one.books.tenant))
                    .noneMatch(found -> found.invariant().startsWith("invoice")
                            || found.invariant().startsWith("tax")
                            || found.invariant().startsWith("wallet-")
                            || List.of(
                                            "retaxed-charges",
                                            "charges-match-periods",
                                            "entry-balances",
                                            "running-balance",
                                            "history-guarded")
                                    .contains(found.invariant()));
        }
    }

    private void states(String number, String country) {
        office.books.in(
                () -> office.books.sql.update("""
                insert into invoice_buyer (organization_id, name, street, postcode, city, country, vat_number, email, reference,
                                           noted_at, noted_by)
                values (?, 'Nordwind', 'Rue 1', '75001', 'Paris', ?, ?, 'a@nordwind.example', '', ?, 'Ada')
                """, organization, country, number, office.books.clock.instant()));
        becomes("CONSUMER");
    }

    private void becomes(String status) {
        office.books.in(() -> {
            office.books.sql.update("""
                    insert into tax_status (organization_id, status, evidence, from_at, noted_at, noted_by)
                    values (?, ?, 'VIES', ?, now(), 'test')
                    """, organization, status, office.books.clock.instant());
            return office.books.charging.changeTax(wallet, office.books.clock.instant());
        });
    }

    private void viesSays(String verdict, String number, String country) {
        office.books.in(() -> office.books.sql.update(
                """
                insert into vat_check (organization_id, buyer_id, asked_for, number, country, requester, verdict, consultation,
                                       request_date, name, address, reason, asked_at)
                select ?, max(b.id), ?, ?, ?, '', ?, '', '', '', '', case when ? = 'UNTOLD' then 'MS_UNAVAILABLE' else '' end, ?
                  from invoice_buyer b where b.organization_id = ?
                """,
                organization,
                UUID.randomUUID().toString(),
                number,
                country,
                verdict,
                verdict,
                office.books.clock.instant(),
                organization));
    }

    private void isConfirmed(String number) {
        viesSays("VALID", number, "FR");
        becomes("BUSINESS");
    }

    /** A server from the tenth of October on, a thing for ten on the same day, October's invoice; it is the fifth of November. */
    private Books.Rented invoiced() {
        var rented = office.books.rent(wallet, office.books.price("7.30"), RENTED);
        ItemsTaken.take(office.books, wallet, "10", "setup:" + wallet);
        office.books.charge(OCTOBER.to());
        office.books.clock.stopAt(IN_NOVEMBER);
        office.issue(wallet, OCTOBER);
        office.books.charge(CONFIRMED);
        office.books.clock.stopAt(CONFIRMED);
        return rented;
    }

    private void isInvoiced() {
        var unused = invoiced();
    }

    private void isOver(Books.Rented rented) {
        office.books.end(rented, office.books.clock.instant());
        office.books.charge(NOVEMBER.to());
        office.books.clock.stopAt(IN_DECEMBER);
        office.issue(wallet, NOVEMBER);
        office.books.topUp(wallet, "0");
    }

    private TaxCorrections corrections() {
        var books = office.books;
        return new TaxCorrections(
                books.sql,
                books.clock,
                new Access(books.sql),
                Office.trail(books),
                new TenantDirectory(Database.administration()),
                ItemsTaken.wallets(books),
                desk.items);
    }

    private Corrected correct() {
        var done = office.books.in(() -> corrections().correct(organization));
        office.books.topUp(wallet, "0");
        return done;
    }

    private TaxCorrections.Offer offer() {
        return office.books.in(() -> corrections().offer(organization));
    }

    private UUID invoice() {
        return office.books.in(() -> office.books.sql.one(
                "select id from invoice where wallet_id = ? and kind = 'INVOICE' order by number limit 1",
                row -> row.uuid("id"),
                wallet));
    }

    private Documents.Paper paper(UUID id) {
        var books = office.books;
        return books.in(() -> new Documents(
                        books.sql,
                        books.clock,
                        new Access(books.sql),
                        new TenantDirectory(Database.administration()),
                        office.invoicing)
                .one(id));
    }

    private BigDecimal sum(String column) {
        return office.books.in(() -> office.books.sql.one(
                "select sum(" + column + ") as it from invoice where wallet_id = ?", row -> row.decimal("it"), wallet));
    }

    private BigDecimal taken() {
        return TaxedOffice.taken(office, wallet);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasTaxedWhileViesWasAwayGoesBackToTheCent(boolean isGross) {
        customerOf(isGross ? gross : net);
        states(NUMBER, "FR");
        viesSays("UNTOLD", NUMBER, "FR");
        var rented = invoiced();
        office.books.clock.stopAt(CONFIRMED.minusSeconds(60));
        ItemsTaken.take(office.books, wallet, "5", "setup:later:" + wallet);
        office.books.clock.stopAt(CONFIRMED);
        isConfirmed(NUMBER);
        var issued = paper(invoice());
        var before = taken();

        var offer = offer();
        assertThat(offer.number()).isEqualTo(NUMBER);
        assertThat(offer.invoices()).extracting(TaxCorrections.Taxed::tax).containsExactly(issued.tax());
        assertThat(offer.running().isPositive()).isTrue();
        assertThat(offer.waiting().isZero()).isTrue();
        var done = correct();

        assertThat(done.running()).isEqualTo(offer.running());
        var note = paper(done.creditNotes().get(0));
        assertThat(note.total()).isEqualTo(issued.tax().negated());
        assertThat(note.net().isZero()).isTrue();
        assertThat(note.taxes())
                .extracting(TaxPart::treatment)
                .containsExactly(Treatment.TAXED, Treatment.REVERSE_CHARGE);
        assertThat(note.corrections().reason()).contains(NUMBER);
        assertThat(before.subtract(taken()))
                .as("exactly what was taken in tax goes back, and no more")
                .isEqualByComparingTo(offer.sum().amount());
        assertThat(offer().isEmpty()).isTrue();

        isOver(rented);
        // All documents together: what was sold without tax, and none of it.
        assertThat(sum("tax")).isZero();
        assertThat(sum("total")).isEqualByComparingTo(taken());
        assertThat(office.documents(wallet)).hasSize(3);
    }

    @Test
    void asAtOnceAsOneLikesItIsCorrectedOnce() throws Exception {
        states(NUMBER, "FR");
        isInvoiced();
        isConfirmed(NUMBER);
        var before = taken();
        var sum = offer().sum().amount();
        var acts = new ArrayList<Callable<Corrected>>();
        for (var nth = 0; nth < 4; nth++) {
            acts.add(() -> office.books.in(() -> corrections().correct(organization)));
        }
        var done = new ArrayList<Corrected>();
        var workers = Executors.newFixedThreadPool(acts.size());
        try {
            for (var future : workers.invokeAll(acts)) {
                done.add(future.get());
            }
        } finally {
            workers.shutdownNow();
        }
        office.books.topUp(wallet, "0");

        assertThat(done).filteredOn(one -> !one.isNothing()).hasSize(1);
        assertThat(before.subtract(taken())).isEqualByComparingTo(sum);
        // VIES says the same again, a month later.
        viesSays("VALID", NUMBER, "FR");
        assertThat(correct().isNothing()).isTrue();
    }

    @Test
    void whoDiesInTheMiddleHasCorrectedNothing() {
        states(NUMBER, "FR");
        isInvoiced();
        isConfirmed(NUMBER);
        var before = taken();
        assertThatThrownBy(() -> office.books.in(() -> {
                    var unused = corrections().correct(organization);
                    throw new IllegalStateException("died");
                }))
                .hasStackTraceContaining("died");
        assertThat(taken()).isEqualByComparingTo(before);
        assertThat(offer().isEmpty()).isFalse();
    }

    @Test
    void ofAnInvoiceThatWasCreditedInPartTheRestIsCorrected() {
        states(NUMBER, "FR");
        var rented = invoiced();
        credit(invoice(), thing(), "4");
        isConfirmed(NUMBER);

        var left = paper(invoice()).net().amount().subtract(new BigDecimal("4"));
        var note = paper(correct().creditNotes().get(0));

        assertThat(note.taxes().get(1).base().amount()).isEqualByComparingTo(left);
        isOver(rented);
        assertThat(sum("tax")).isZero();
        assertThat(sum("total")).isEqualByComparingTo(taken());
    }

    @Test
    void whatWasCorrectedIsCreditedRaisedAndMadeVoidWithoutTax() {
        states(NUMBER, "FR");
        isInvoiced();
        isConfirmed(NUMBER);
        correct();
        var before = taken();

        credit(invoice(), thing(), "4");
        assertThat(before.subtract(taken())).isEqualByComparingTo("4");
        debit(invoice(), thing(), "1");
        assertThat(before.subtract(taken())).isEqualByComparingTo("3");
        assertThat(voided()).isInstanceOf(Voids.Outcome.Done.class);
        office.books.topUp(wallet, "0");

        assertThat(sum("total")).isZero();
        assertThat(offer().isEmpty()).isTrue();
    }

    @Test
    void aVoidInvoiceIsNotCorrected() {
        states(NUMBER, "FR");
        isInvoiced();
        var unused = voided();
        isConfirmed(NUMBER);
        assertThat(offer().invoices()).isEmpty();
        assertThat(correct().creditNotes()).isEmpty();
    }

    @Test
    void whatWasBeforeTheNumberKeepsItsTax() {
        states("", "FR");
        isInvoiced();
        states(NUMBER, "FR");
        office.books.clock.stopAt(CONFIRMED.plus(Duration.ofHours(10)));
        office.books.charge(office.books.clock.instant());
        isConfirmed(NUMBER);

        var offer = offer();
        assertThat(offer.invoices()).isEmpty();
        assertThat(offer.running().isPositive())
                .as("the month's hours are one period, which was not over")
                .isTrue();
    }

    @Test
    void whatWasUnderAnotherNumberKeepsItsTax() {
        states(OTHER, "FR");
        isInvoiced();
        states(NUMBER, "FR");
        isConfirmed(NUMBER);
        assertThat(offer().isEmpty()).isTrue();
        assertThat(correct().isNothing()).isTrue();
    }

    @Test
    void aNumberOfAnotherStateProvesNothingOfThePlace() {
        states("ATU12345675", "FR");
        isInvoiced();
        viesSays("VALID", "ATU12345675", "FR");
        becomes("BUSINESS");
        assertThat(offer().isEmpty()).isTrue();
    }

    @Test
    void whatViesDeniedAtFirstKeepsItsTax() {
        states(NUMBER, "FR");
        isInvoiced();
        viesSays("INVALID", NUMBER, "FR");
        isConfirmed(NUMBER);
        assertThat(offer().isEmpty()).isTrue();
    }

    @Test
    void whatIsConfirmedBeforeTheInvoiceWaitsForIt() {
        states(NUMBER, "FR");
        var rented = office.books.rent(wallet, office.books.price("7.30"), RENTED);
        var inTheWindow = Instant.parse("2026-11-02T08:20:00Z");
        office.books.charge(inTheWindow);
        office.books.clock.stopAt(inTheWindow);
        isConfirmed(NUMBER);

        var offer = offer();
        assertThat(offer.invoices()).isEmpty();
        assertThat(offer.waiting().isPositive()).isTrue();
        assertThat(offer.running().isPositive()).isTrue();
        assertThat(correct().creditNotes()).isEmpty();

        office.books.clock.stopAt(IN_NOVEMBER);
        office.issue(wallet, OCTOBER);
        assertThat(correct().creditNotes()).hasSize(1);
        isOver(rented);
        assertThat(sum("tax")).isZero();
        assertThat(sum("total")).isEqualByComparingTo(taken());
    }

    @Test
    void whereTheResellerSaysSoItIsCorrectedByItselfAndOnlyIfViesSaidYes() {
        states(NUMBER, "FR");
        isInvoiced();
        desk.clear();
        becomes("BUSINESS");
        var corrections = corrections();
        begin();
        assertThat(desk.column(office.books.tenant, "key"))
                .as("it is not switched on")
                .isEmpty();
        office.books.in(() -> {
            corrections.byItself(true);
            return corrections.begin();
        });
        assertThat(desk.column(office.books.tenant, "key"))
                .as("staff said so, not VIES")
                .isEmpty();

        viesSays("VALID", NUMBER, "FR");
        begin();
        begin();
        office.books.in(() -> {
            corrections.confirmed(new NumberChecked(organization, NUMBER, true, "VIES"));
            return true;
        });
        var before = taken();
        var sum = offer().sum().amount();
        work();
        work();
        office.books.topUp(wallet, "0");

        assertThat(desk.column(office.books.tenant, "state")).containsExactly("DONE", "DONE");
        assertThat(before.subtract(taken())).isEqualByComparingTo(sum);
        office.books.in(() -> {
            corrections.byItself(false);
            return true;
        });
    }

    private void begin() {
        int unused = office.books.in(() -> corrections().begin());
    }

    private void work() {
        var unused = desk.work(new CorrectTaxes(new Stepped(this)));
    }

    @Test
    void aStrangerNeitherSeesNorCorrects() {
        try (var acting = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia"))) {
            assertThatThrownBy(() ->
                            Database.in(office.books.tenant, () -> corrections().offer(organization)))
                    .isInstanceOf(AccessDenied.class);
            assertThatThrownBy(() ->
                            Database.in(office.books.tenant, () -> corrections().correct(organization)))
                    .isInstanceOf(AccessDenied.class);
        }
    }

    @Test
    void theDatabaseAndTheAuditorKnowWhatIsNoCorrection() {
        states(NUMBER, "FR");
        isInvoiced();
        isConfirmed(NUMBER);
        correct();
        var tenant = office.books.tenant;
        assertThat(Rig.inTheBooksAfter(tenant, "update invoice_item set amount = amount - 1 where kind = 'UNTAXED'"))
                .anyMatch(found -> found.invariant().equals("retaxed-charges"));
        assertThat(Rig.inTheBooksAfter(tenant, "delete from retaxed_charge"))
                .anyMatch(found -> found.invariant().equals("retaxed-charges"));
        assertThat(
                        Rig.inTheBooksAfter(
                                tenant,
                                "update invoice_line set amount = amount + 1 where kind = 'RETAXED' and corrects_position is not null"))
                .anyMatch(found -> found.invariant().equals("invoice-credits"));
        assertThat(
                        Rig.inTheBooksAfter(
                                tenant,
                                "update invoice_line set kind = 'CREDITED' where kind = 'RETAXED' and corrects_position is not null"))
                .anyMatch(found -> found.invariant().equals("invoice-credits"));
        assertThatThrownBy(() ->
                        office.books.in(() -> office.books.sql.update("update retaxed_charge set entry_id = null")))
                .hasStackTraceContaining("retaxed_charge");
    }

    private Voids.Outcome voided() {
        var id = invoice();
        return office.books.in(() -> voids().issue(UUID.randomUUID(), id, "for somebody else"));
    }

    private int thing() {
        var id = invoice();
        return office.books.in(() -> creditNotes().offer(id)).lines().stream()
                .filter(line -> line.amount().equals(office.books.money("10")))
                .findFirst()
                .orElseThrow()
                .position();
    }

    private void credit(UUID invoice, int position, String amount) {
        var outcome = office.books.in(() -> creditNotes()
                .issue(UUID.randomUUID(), invoice, Map.of(position, new BigDecimal(amount)), "it was down"));
        assertThat(outcome).isInstanceOf(CreditNotes.Outcome.Issued.class);
        office.books.topUp(wallet, "0");
    }

    private void debit(UUID invoice, int position, String amount) {
        var books = office.books;
        var notes = new DebitNotes(
                books.sql,
                books.clock,
                new Access(books.sql),
                Office.trail(books),
                new TenantDirectory(Database.administration()),
                ItemsTaken.wallets(books));
        assertThat(books.in(() -> notes.issue(
                        UUID.randomUUID(), invoice, Map.of(position, new BigDecimal(amount)), "it was forgotten")))
                .isInstanceOf(DebitNotes.Outcome.Issued.class);
        books.topUp(wallet, "0");
    }

    private CreditNotes creditNotes() {
        var books = office.books;
        return new CreditNotes(
                books.sql,
                books.clock,
                new Access(books.sql),
                Office.trail(books),
                new TenantDirectory(Database.administration()),
                ItemsTaken.wallets(books));
    }

    private Voids voids() {
        var books = office.books;
        return new Voids(
                books.sql,
                books.clock,
                new Access(books.sql),
                Office.trail(books),
                new TenantDirectory(Database.administration()),
                ItemsTaken.wallets(books));
    }

    /** Each step is a transaction, as the container makes it. */
    private static final class Stepped extends TaxCorrections {
        private final TaxCorrections its;
        private final Office office;

        Stepped(TaxCorrectionsTest test) {
            its = test.corrections();
            office = test.office;
        }

        @Override
        public void correct(io.tenantry.work.Work work) {
            Database.run(office.books.tenant, () -> its.correct(work));
        }
    }
}
