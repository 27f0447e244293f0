package io.tenantry.invoicing;

import static io.tenantry.invoicing.Office.IN_NOVEMBER;
import static io.tenantry.invoicing.Office.OCTOBER;
import static io.tenantry.invoicing.Office.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.auditor.Rig;
import io.tenantry.charging.Books;
import io.tenantry.identity.Access;
import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.invoicing.CreditNotes.Outcome;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.SqlFailure;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.wallet.ItemsTaken;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lines of invoices are credited: money, document and number at once. 7.30 a month is 0.01 an hour. */
class CreditNotesTest {
    private static Office net;
    private static Office gross;
    private static Office untaxed;

    private Office office;

    @BeforeAll
    static void open() {
        net = TaxedOffice.open("credited-net", false);
        gross = TaxedOffice.open("credited-gross", true);
        untaxed = new Office(new Books("credited", "EUR", "Europe/Berlin"));
    }

    @BeforeEach
    void beginInOctober() {
        office = net;
        List.of(net, gross, untaxed).forEach(one -> one.books.clock.stopAt(RENTED));
    }

    @AfterEach
    void booksAreInOrder() {
        for (var one : List.of(net, gross, untaxed)) {
            assertThat(Rig.found(one.books.tenant))
                    .noneMatch(found -> found.invariant().startsWith("invoice")
                            || found.invariant().startsWith("tax")
                            || found.invariant().startsWith("wallet-")
                            || List.of("charges-match-periods", "entry-balances", "running-balance", "history-guarded")
                                    .contains(found.invariant()));
        }
    }

    /** October's invoice of one server, 5.15, and a thing, 10. */
    private UUID invoiced(String country) {
        var wallet = TaxedOffice.wallet(office, country);
        var rented = office.books.rent(wallet, office.books.price("7.30"), RENTED);
        ItemsTaken.take(office.books, wallet, "10", "setup:" + wallet);
        office.books.charge(OCTOBER.to());
        office.books.end(rented, OCTOBER.to());
        office.books.clock.stopAt(IN_NOVEMBER);
        office.issue(wallet, OCTOBER);
        return wallet;
    }

    private CreditNotes notes() {
        var books = office.books;
        return new CreditNotes(
                books.sql,
                books.clock,
                new Access(books.sql),
                Office.trail(books),
                new TenantDirectory(Database.administration()),
                ItemsTaken.wallets(books));
    }

    private UUID invoice(UUID wallet) {
        return office.books.in(() -> office.books.sql.one(
                "select id from invoice where wallet_id = ? and kind = 'INVOICE'", row -> row.uuid("id"), wallet));
    }

    private Outcome credit(UUID id, UUID wallet, Map<Integer, BigDecimal> amounts) {
        var invoice = invoice(wallet);
        var outcome = office.books.in(() -> notes().issue(id, invoice, amounts, "it was down"));
        office.books.topUp(wallet, "0");
        return outcome;
    }

    /** The position of the line with the thing. */
    private int thing(UUID wallet) {
        var invoice = invoice(wallet);
        return office.books.in(() -> notes().offer(invoice)).lines().stream()
                .filter(line -> line.amount().equals(office.books.money("10")))
                .findFirst()
                .orElseThrow()
                .position();
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

    private String number(UUID id) {
        return paper(id).issued().orElseThrow().number();
    }

    @Test
    void aPartOfALineGoesBackWithItsTaxAndADocumentSaysOfWhichLine() {
        var wallet = invoiced("DE");
        var before = office.books.balance(wallet);
        var id = UUID.randomUUID();

        assertThat(credit(id, wallet, Map.of(thing(wallet), new BigDecimal("4"))))
                .isEqualTo(new Outcome.Issued(id));

        assertThat(office.books.balance(wallet).minus(before)).isEqualTo(office.books.money("4.76"));
        var paper = paper(id);
        assertThat(number(id)).matches("CN-2026-[0-9]{6}");
        assertThat(paper.issued().orElseThrow().kind()).isEqualTo(DocumentKind.CREDIT_NOTE);
        assertThat(paper.net()).isEqualTo(office.books.money("-4"));
        assertThat(paper.tax()).isEqualTo(office.books.money("-0.76"));
        assertThat(paper.total()).isEqualTo(office.books.money("-4.76"));
        assertThat(paper.corrections().corrects().orElseThrow().number()).startsWith("INV-2026-");
        assertThat(paper.corrections().reason()).isEqualTo("it was down");
        assertThat(paper(invoice(wallet)).corrections().correctedBy())
                .extracting(Corrections.Reference::id)
                .containsExactly(id);
    }

    @Test
    void aPriceWithTheTaxInItIsCreditedWithTheTaxInIt() {
        office = gross;
        var wallet = invoiced("DE");
        var before = office.books.balance(wallet);
        var id = UUID.randomUUID();

        assertThat(credit(id, wallet, Map.of(thing(wallet), new BigDecimal("1.19"))))
                .isEqualTo(new Outcome.Issued(id));

        assertThat(office.books.balance(wallet).minus(before)).isEqualTo(office.books.money("1.19"));
        assertThat(paper(id).net()).isEqualTo(office.books.money("-1"));
        assertThat(paper(id).tax()).isEqualTo(office.books.money("-0.19"));
    }

    @Test
    void whatBoreNoTaxGoesBackWithoutTaxWhateverTheCustomerBearsNow() {
        office = untaxed;
        var wallet = invoiced("DE");
        var id = UUID.randomUUID();
        var before = office.books.balance(wallet);

        assertThat(credit(id, wallet, Map.of(thing(wallet), BigDecimal.TEN))).isEqualTo(new Outcome.Issued(id));

        assertThat(office.books.balance(wallet).minus(before)).isEqualTo(office.books.money("10"));
        assertThat(paper(id).taxes()).isEmpty();
    }

    @Test
    void theTaxIsThatOfTheLineAlsoWhenTheCustomerBearsAnotherNow() {
        var wallet = invoiced("FR");
        office.books.in(() -> office.books.sql.update("""
                insert into tax_status (organization_id, status, evidence, from_at, noted_at, noted_by)
                select organization_id, 'BUSINESS', 'VIES', ?, ?, 'test' from wallet where id = ?
                """, IN_NOVEMBER, IN_NOVEMBER, wallet));
        var before = office.books.balance(wallet);

        var unused = credit(UUID.randomUUID(), wallet, Map.of(thing(wallet), BigDecimal.TEN));

        assertThat(office.books.balance(wallet).minus(before)).isEqualTo(office.books.money("12"));
    }

    @Test
    void aFormThatIsSentTwiceIsOneDocument() {
        var wallet = invoiced("DE");
        var id = UUID.randomUUID();
        var amounts = Map.of(thing(wallet), new BigDecimal("2"));
        var first = credit(id, wallet, amounts);
        var after = office.books.balance(wallet);

        assertThat(credit(id, wallet, amounts)).isEqualTo(first);
        assertThat(office.books.balance(wallet)).isEqualTo(after);
    }

    @Test
    void noLineIsCreditedBeyondWhatIsLeftOfIt() {
        var wallet = invoiced("DE");
        var thing = thing(wallet);
        var unused = credit(UUID.randomUUID(), wallet, Map.of(thing, new BigDecimal("6")));
        var before = office.books.balance(wallet);

        assertThat(credit(UUID.randomUUID(), wallet, Map.of(thing, new BigDecimal("4.01"))))
                .isEqualTo(new Outcome.Amounts(Set.of(thing)));
        assertThat(credit(UUID.randomUUID(), wallet, Map.of(thing, new BigDecimal("-1"))))
                .isEqualTo(new Outcome.Amounts(Set.of(thing)));
        assertThat(credit(UUID.randomUUID(), wallet, Map.of(99, BigDecimal.ONE)))
                .isEqualTo(new Outcome.Amounts(Set.of(99)));
        assertThat(credit(UUID.randomUUID(), wallet, Map.of(thing, BigDecimal.ZERO)))
                .isEqualTo(new Outcome.Nothing());
        var invoice = invoice(wallet);
        assertThat(office.books.in(() -> notes().issue(UUID.randomUUID(), invoice, Map.of(thing, BigDecimal.ONE), " ")))
                .isEqualTo(new Outcome.Reason());
        assertThat(office.books.balance(wallet)).isEqualTo(before);
        var offer = office.books.in(() -> notes().offer(invoice));
        assertThat(offer.lines())
                .filteredOn(line -> line.position() == thing)
                .singleElement()
                .satisfies(line -> assertThat(line.left()).isEqualTo(office.books.money("4")));
    }

    @Test
    void theDatabaseRefusesToCreditALineBeyondItsAmount() {
        var wallet = invoiced("DE");
        var id = UUID.randomUUID();
        var unused = credit(id, wallet, Map.of(thing(wallet), BigDecimal.TEN));

        assertThatThrownBy(() -> office.books.in(() -> again(id)))
                .hasStackTraceContaining("which is of 10.00000000: -20.00000000 credited");
    }

    /** A program writes the same credit note once more, under the next number. */
    private int again(UUID id) {
        var sql = office.books.sql;
        var copy = UUID.randomUUID();
        var item = sql.one("""
                insert into invoice_item (entry_id, wallet_id, kind, reason, currency, amount, effective_at, gathered_at, tax_id,
                                          tax_rate, tax_included, tax)
                select -i.id, i.wallet_id, i.kind, i.reason, i.currency, i.amount, i.effective_at, i.gathered_at, i.tax_id, i.tax_rate,
                       i.tax_included, i.tax
                  from invoice_item i join invoice_line l on l.item_id = i.id where l.invoice_id = ?
                returning id
                """, row -> row.big("id"), id);
        sql.update("""
                insert into invoice (id, kind, series_id, number, number_text, state, organization_id, wallet_id, currency, decimals,
                                     period_from, period_to, buyer_name, buyer_email, buyer_country, net, tax, through_period, issued_at,
                                     issued_by, paid_at, corrects_id, reason)
                select ?, v.kind, v.series_id, s.next_number, 'again', v.state, v.organization_id, v.wallet_id, v.currency, v.decimals,
                       v.period_from, v.period_to, v.buyer_name, v.buyer_email, v.buyer_country, v.net, v.tax, 0, v.issued_at, 'test',
                       v.paid_at, v.corrects_id, 'again'
                  from invoice v join invoice_series s on s.id = v.series_id where v.id = ?
                """, copy, id);
        sql.update("""
                insert into invoice_line (invoice_id, position, kind, name, what, from_at, to_at, quantity, unit, unit_price, surcharge,
                                          amount, item_id, tax_id, tax_included, tax, corrects_position)
                select ?, l.position, l.kind, l.name, l.what, l.from_at, l.to_at, l.quantity, l.unit, l.unit_price, l.surcharge, l.amount,
                       ?, l.tax_id, l.tax_included, l.tax, l.corrects_position
                  from invoice_line l where l.invoice_id = ?
                """, copy, item, id);
        sql.update(
                "insert into invoice_tax select ?, tax_id, base, taken, tax from invoice_tax where invoice_id = ?",
                copy,
                id);
        return sql.update(
                "update invoice_series set next_number = next_number + 1 where id = (select series_id from invoice where id = ?)",
                id);
    }

    @Test
    void manyPartsOfManyLinesLeaveNothingAndTheSumOfAllDocumentsIsWhatTheWalletPaid() {
        var random = new Random(11);
        for (var round = 0; round < 6; round++) {
            office = random.nextBoolean() ? net : gross;
            office.books.clock.stopAt(RENTED);
            var wallet = invoiced(List.of("DE", "FR", "HU").get(random.nextInt(3)));
            var invoice = invoice(wallet);
            for (var part = 0; part < 4; part++) {
                var isLast = part == 3;
                var amounts = new java.util.HashMap<Integer, BigDecimal>();
                for (var line : office.books.in(() -> notes().offer(invoice)).lines()) {
                    var left = line.left().amount();
                    amounts.put(
                            line.position(),
                            isLast
                                    ? left
                                    : left.multiply(new BigDecimal(random.nextInt(100)))
                                            .movePointLeft(2)
                                            .setScale(random.nextInt(9), java.math.RoundingMode.DOWN));
                }
                var unused = credit(UUID.randomUUID(), wallet, amounts);
            }
            var all = office.books.in(() -> office.books.sql.one(
                    "select sum(total) as total, sum(net) as net from invoice where wallet_id = ?",
                    row -> List.of(row.decimal("total"), row.decimal("net")),
                    wallet));
            assertThat(all.get(1))
                    .isCloseTo(BigDecimal.ZERO, org.assertj.core.api.Assertions.within(new BigDecimal("0.0000001")));
            assertThat(TaxedOffice.taken(office, wallet)).isEqualByComparingTo(all.get(0));
        }
    }

    @Test
    void aStrangerCreditsNothingAndNobodyWhatIsNoInvoice() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var id = UUID.randomUUID();
        var unused = credit(id, wallet, Map.of(thing(wallet), BigDecimal.ONE));

        assertThatThrownBy(() -> office.books.in(() -> notes().offer(id))).isInstanceOf(NotVisible.class);
        try (var acting = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia"))) {
            assertThatThrownBy(() -> Database.in(
                            office.books.tenant,
                            () -> notes().issue(UUID.randomUUID(), invoice, Map.of(1, BigDecimal.ONE), "x")))
                    .isInstanceOf(AccessDenied.class);
        }
        assertThatThrownBy(() -> office.books.in(() -> office.books.sql.update("update invoice set reason = 'x'")))
                .isInstanceOf(SqlFailure.class);
    }
}
