package io.tenantry.invoicing;

import static io.tenantry.invoicing.Office.IN_NOVEMBER;
import static io.tenantry.invoicing.Office.OCTOBER;
import static io.tenantry.invoicing.Office.RENTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.auditor.Rig;
import io.tenantry.charging.Books;
import io.tenantry.identity.Access;
import io.tenantry.tax.PriceTax;
import io.tenantry.tax.Treatment;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.wallet.ItemsTaken;
import io.tenantry.wallet.Wallets;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Months that bear tax: what the preview says is what the document says is what the books say. 7.30 a month is 0.01 an hour. */
class TaxedMonthTest {
    private static Office net;
    private static Office gross;

    private Office office;

    @BeforeAll
    static void open() {
        net = TaxedOffice.open("taxed-net", false);
        gross = TaxedOffice.open("taxed-gross", true);
    }

    @BeforeEach
    void beginInOctober() {
        office = net;
        net.books.clock.stopAt(RENTED);
        gross.books.clock.stopAt(RENTED);
    }

    @AfterEach
    void booksAreInOrder() {
        for (var one : List.of(net, gross)) {
            assertThat(Rig.found(one.books.tenant))
                    .noneMatch(found -> found.invariant().startsWith("invoice")
                            || found.invariant().startsWith("tax")
                            || found.invariant().startsWith("wallet-")
                            || found.invariant().startsWith("period")
                            || List.of("charges-match-periods", "entry-balances", "running-balance", "month-cap")
                                    .contains(found.invariant()));
        }
    }

    @Test
    void aWalletIsChargedTheTaxWithTheHourInOneEntry() {
        var rented = rent(wallet("DE"), "7.30");

        // The first hour: 0.01, and 19 percent upon it.
        assertThat(taken(rented.wallet())).isEqualByComparingTo("0.0119");
        assertThat(postings(rented.wallet()))
                .containsExactly("REVENUE 0.01000000", "TAX 0.00190000", "WALLET -0.01190000");
    }

    @Test
    void aGrossPriceHasTheTaxInItAndIsNeverExceeded() {
        office = gross;
        var rented = rent(wallet("DE"), "11.90");
        charge();

        office.issue(rented.wallet(), OCTOBER);

        // 515 hours of 0.01630137 are 8.39520555, and 19/119 of that are tax
        assertThat(office.document(rented.wallet()).total()).isEqualByComparingTo("8.39");
        var part = parts(rented.wallet()).get(0);
        assertThat(part.isIncluded()).isTrue();
        assertThat(part.base()).isEqualTo(office.books.money("7.05479458"));
        assertThat(part.tax()).isEqualTo(office.books.money("1.34"));
    }

    @Test
    void whatAPriceSaysOfTaxIsWhatTheHourIsCharged() {
        var rented = rent(wallet("DE"), "7.30");
        var hour = office.books.money("0.01");

        var upon = priceTax(net).of(rented.wallet()).orElseThrow();

        assertThat(priceTax(net).kindOf()).isEqualTo(PriceTax.Kind.NET);
        assertThat(upon.percent()).isEqualByComparingTo("19");
        assertThat(upon.paid(hour)).isEqualTo(office.books.money("0.0119"));
        assertThat(taken(rented.wallet())).isEqualByComparingTo(upon.paid(hour).amount());
        office = gross;
        var included = priceTax(gross).of(wallet("DE")).orElseThrow();
        assertThat(priceTax(gross).kindOf()).isEqualTo(PriceTax.Kind.GROSS);
        assertThat(included.paid(hour)).isEqualTo(hour);
        assertThat(included.tax(office.books.money("11.90"))).isEqualTo(office.books.money("1.90"));
        assertThat(priceTax(gross).of(wallet("ZZ")))
                .as("where it is not registered")
                .hasValueSatisfying(bears -> assertThat(bears.rate()).isZero());
        var abroad = wallet("FR");
        status(abroad, "BUSINESS");
        assertThat(priceTax(gross).of(abroad).orElseThrow().treatment()).isEqualTo(Treatment.REVERSE_CHARGE);
    }

    /** Asked as by a page of the office's tenant. */
    private record Asked(Office office, PriceTax taxes) {
        Optional<PriceTax.Bears> of(UUID wallet) {
            var plan = office.books.plan();
            var told = office.books.in(() -> taxes.of(wallet, plan));
            assertThat(told.kind()).isEqualTo(kindOf());
            return told.bears();
        }

        PriceTax.Kind kindOf() {
            return office.books.in(taxes::kind);
        }
    }

    private static Asked priceTax(Office office) {
        var tenants = new TenantDirectory(Database.administration());
        return new Asked(office, new PriceTax(office.books.sql, office.books.clock, tenants));
    }

    @Test
    void theDocumentReckonsTaxFromTheMonthsSumAndRoundingIsPosted() {
        var rented = rent(wallet("DE"), "7.30");
        charge();
        office.books.end(rented, IN_NOVEMBER);
        office.issue(rented.wallet(), OCTOBER);

        var paper = paper(rented.wallet());

        assertThat(paper.net()).isEqualTo(office.books.money("5.15"));
        assertThat(paper.tax()).isEqualTo(office.books.money("0.98"));
        assertThat(paper.total()).isEqualTo(office.books.money("6.13"));
        assertThat(paper.taxes()).singleElement().satisfies(part -> {
            assertThat(part.treatment()).isEqualTo(Treatment.TAXED);
            assertThat(part.percent()).isEqualByComparingTo("19");
            assertThat(part.taken()).isEqualTo(office.books.money("0.9785"));
        });
        assertThat(postings(rented.wallet())).containsExactly("TAX 0.00150000", "WALLET -0.00150000");
    }

    @Test
    void aFeeForLatePaymentBearsNoTaxAndIsALineOfItsOwn() {
        var rented = rent(wallet("DE"), "7.30");
        var item = new Wallets.Item(
                rented.wallet(), office.books.money("5"), "late-fee:" + UUID.randomUUID(), "late fee", "late-fee:one");
        var wallets = ItemsTaken.wallets(office.books);
        assertThat(office.books.in(() -> wallets.takeCompensation(item))).isPresent();
        assertThat(office.books.in(() -> wallets.takeCompensation(item)))
                .as("the same once more")
                .isEmpty();
        charge();
        office.books.end(rented, IN_NOVEMBER);
        office.issue(rented.wallet(), OCTOBER);

        var paper = paper(rented.wallet());

        assertThat(paper.net()).isEqualTo(office.books.money("10.15"));
        assertThat(paper.tax()).as("as without it").isEqualTo(office.books.money("0.98"));
        assertThat(paper.taxes())
                .extracting(TaxPart::treatment)
                .containsExactlyInAnyOrder(Treatment.TAXED, Treatment.COMPENSATION);
        assertThat(Database.texts("select kind || ' ' || amount || ' ' || tax from "
                        + office.books.tenant.schema() + ".invoice_line l where item_id is not null and invoice_id = '"
                        + office.document(rented.wallet()).id() + "'"))
                .containsExactly("LATE_FEE 5.00000000 0.00000000");
    }

    @Test
    void whoOwesTheTaxElsewhereIsChargedNone() {
        var wallet = wallet("FR");
        status(wallet, "BUSINESS");
        var rented = rent(wallet, "7.30");
        charge();
        office.issue(rented.wallet(), OCTOBER);

        var paper = paper(rented.wallet());

        assertThat(paper.tax().isZero()).isTrue();
        assertThat(paper.total()).isEqualTo(office.books.money("5.15"));
        assertThat(paper.taxes()).singleElement().satisfies(part -> {
            assertThat(part.treatment()).isEqualTo(Treatment.REVERSE_CHARGE);
            assertThat(part.place()).isEqualTo("FR");
            assertThat(part.base()).isEqualTo(office.books.money("5.15"));
        });
    }

    @Test
    void fromWhenABusinessIsKnownItsHoursBearNoTaxAndTheDocumentSaysBoth() {
        var rented = rent(wallet("FR"), "7.30");
        become(rented.wallet(), "BUSINESS", RENTED.plus(Duration.ofMinutes(150)));
        charge();
        office.issue(rented.wallet(), OCTOBER);

        var paper = paper(rented.wallet());

        // Three hours had begun: they keep the French rate.
        assertThat(paper.taxes())
                .extracting(TaxPart::treatment)
                .containsExactly(Treatment.TAXED, Treatment.REVERSE_CHARGE);
        assertThat(paper.taxes().get(0).base()).isEqualTo(office.books.money("0.03"));
        assertThat(paper.taxes().get(0).percent()).isEqualByComparingTo("20");
        assertThat(paper.taxes().get(1).base()).isEqualTo(office.books.money("5.12"));
        assertThat(paper.tax()).isEqualTo(office.books.money("0.01"));
    }

    @Test
    void whatIsNoHourBearsTaxToo() {
        var wallet = wallet("DE");
        ItemsTaken.take(office.books, wallet, "10", "transfer-pack:" + UUID.randomUUID());
        ItemsTaken.giveBack(office.books, wallet, "1", "setup:1");
        assertThat(taken(wallet)).isEqualByComparingTo("10.71");
        charge();

        office.issue(wallet, OCTOBER);

        var paper = paper(wallet);
        assertThat(paper.net()).isEqualTo(office.books.money("9"));
        assertThat(paper.tax()).isEqualTo(office.books.money("1.71"));
        assertThat(paper.total()).isEqualTo(office.books.money("10.71"));
    }

    private UUID wallet(String country) {
        return TaxedOffice.wallet(office, country);
    }

    private void status(UUID wallet, String status) {
        office.books.in(() -> office.books.sql.update(
                """
                insert into tax_status (organization_id, status, evidence, from_at, noted_at, noted_by)
                select organization_id, ?, 'VIES', ?, ?, 'test' from wallet where id = ?
                """, status, office.books.clock.instant(), office.books.clock.instant(), wallet));
    }

    private void become(UUID wallet, String status, Instant at) {
        office.books.clock.stopAt(at);
        status(wallet, status);
        office.books.in(() -> office.books.charging.changeTax(wallet, at));
    }

    private Books.Rented rent(UUID wallet, String monthly) {
        return office.books.rent(wallet, office.books.price(monthly), RENTED);
    }

    private void charge() {
        office.books.charge(IN_NOVEMBER);
        office.books.clock.stopAt(IN_NOVEMBER);
    }

    private BigDecimal taken(UUID wallet) {
        return TaxedOffice.taken(office, wallet);
    }

    /** The legs of the newest entry that a wallet is in. */
    private List<String> postings(UUID wallet) {
        return office.books.in(() -> office.books.sql.query("""
                select a.kind || ' ' || p.amount as leg
                  from posting p
                  join ledger_account a on a.id = p.account_id
                 where p.entry_id = (select max(entry_id) from posting where account_id = ?)
                 order by 1
                """, row -> row.text("leg"), wallet));
    }

    private Documents documents() {
        return new Documents(
                office.books.sql,
                office.books.clock,
                new Access(office.books.sql),
                new TenantDirectory(Database.administration()),
                office.invoicing);
    }

    private Documents.Paper paper(UUID wallet) {
        var id = office.document(wallet).id();
        return office.books.in(() -> documents().one(id));
    }

    private List<TaxPart> parts(UUID wallet) {
        return paper(wallet).taxes();
    }
}
