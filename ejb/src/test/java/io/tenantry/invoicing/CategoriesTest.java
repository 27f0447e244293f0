package io.tenantry.invoicing;

import static io.tenantry.invoicing.Office.IN_NOVEMBER;
import static io.tenantry.invoicing.Office.OCTOBER;
import static io.tenantry.invoicing.Office.RENTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.auditor.Rig;
import io.tenantry.charging.Books.Rented;
import io.tenantry.identity.Access;
import io.tenantry.reports.TaxSums;
import io.tenantry.tax.PriceTax;
import io.tenantry.tax.Treatment;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.wallet.ItemsTaken;
import io.tenantry.wallet.Wallets;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans of several categories, of one customer at one place. 7.30 a month is 0.01 an hour, and there are 515 of them. */
class CategoriesTest {
    private static final Instant ALWAYS = Instant.parse("2026-01-01T00:00:00Z");
    private static int count;

    private final TenantDirectory tenants = new TenantDirectory(Database.administration());
    private Office office;

    @BeforeEach
    void open() {
        open(false);
    }

    private void open(boolean isIncluded) {
        office = TaxedOffice.open("categories-" + ++count, isIncluded);
        TaxedOffice.rate(office, "DE", "REDUCED", "7");
        TaxedOffice.rate(office, "DE", "DOMAIN", "7");
        TaxedOffice.rate(office, "DE", "DATA_PROCESSING", "0");
    }

    @AfterEach
    void booksAreInOrder() {
        assertThat(Rig.found(office.books.tenant))
                .noneMatch(found -> found.invariant().startsWith("invoice")
                        || found.invariant().startsWith("tax")
                        || found.invariant().startsWith("wallet-")
                        || found.invariant().startsWith("period")
                        || List.of(
                                        "charges-match-periods",
                                        "entry-balances",
                                        "running-balance",
                                        "month-cap",
                                        "history-guarded")
                                .contains(found.invariant()));
    }

    private UUID plan(String category) {
        var plan = office.books.plan();
        TaxedOffice.categorize(office, plan, category, ALWAYS);
        return plan;
    }

    private Rented rent(UUID wallet, UUID plan) {
        return office.books.rent(wallet, office.books.price(plan, 1, "7.30"), RENTED);
    }

    private Documents papers() {
        return new Documents(
                office.books.sql, office.books.clock, new Access(office.books.sql), tenants, office.invoicing);
    }

    /** A month's document, once it is found to be as its preview and as the wallet. */
    private Documents.Paper issued(UUID wallet) {
        var books = office.books;
        UUID organization = books.in(() -> books.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        books.charge(OCTOBER.to());
        books.clock.stopAt(IN_NOVEMBER.minus(Duration.ofHours(2)));
        var draft = books.in(() -> papers().draft(organization, YearMonth.of(2026, 10)));
        books.clock.stopAt(IN_NOVEMBER);
        assertThat(office.issue(wallet, OCTOBER).documents()).isEqualTo(1);
        var id = office.document(wallet).id();
        var paper = books.in(() -> papers().one(id));
        assertThat(paper.groups()).isEqualTo(draft.groups());
        assertThat(paper)
                .usingRecursiveComparison()
                .comparingOnlyFields("net", "tax", "rounding", "total", "taxes")
                .isEqualTo(draft);
        assertThat(TaxedOffice.taken(office, wallet))
                .isEqualByComparingTo(paper.total().amount());
        assertThat(account("TAX")).isEqualByComparingTo(paper.tax().amount());
        assertThat(account("REVENUE").add(account("ROUNDING")))
                .isEqualByComparingTo(paper.net().plus(paper.rounding()).amount());
        return paper;
    }

    private BigDecimal account(String kind) {
        return office.books.in(() -> office.books.sql.one("""
                select coalesce(sum(p.amount), 0) as amount
                  from posting p
                  join ledger_account a on a.id = p.account_id and a.kind = ?
                """, row -> row.decimal("amount"), kind));
    }

    private List<String> parts(Documents.Paper paper) {
        return paper.taxes().stream()
                .map(part -> part.treatment() + " " + part.place() + " "
                        + part.percent().stripTrailingZeros().toPlainString() + ": "
                        + part.base().amount().stripTrailingZeros().toPlainString() + " "
                        + part.tax().amount().stripTrailingZeros().toPlainString())
                .toList();
    }

    @Test
    void eachPlanBearsItsRateInOneEntryAndTheDocumentSaysThemAll() {
        var wallet = TaxedOffice.wallet(office, "DE");
        rent(wallet, plan("STANDARD"));
        rent(wallet, plan("REDUCED"));
        rent(wallet, plan("DATA_PROCESSING"));
        // 0.0119, 0.0107 and 0.01
        assertThat(TaxedOffice.taken(office, wallet)).isEqualByComparingTo("0.0326");

        office.books.charge(RENTED.plus(Duration.ofMinutes(61)));
        assertThat(legs(wallet)).containsExactly("REVENUE 0.03000000", "TAX 0.00260000", "WALLET -0.03260000");
        var paper = issued(wallet);

        assertThat(parts(paper))
                .containsExactly("TAXED DE 19: 5.15 0.98", "TAXED DE 7: 5.15 0.36", "TAXED DE 0: 5.15 0");
        assertThat(paper.net()).isEqualTo(office.books.money("15.45"));
        assertThat(paper.total()).isEqualTo(office.books.money("16.79"));
        assertThat(TaxSums.of(office.books, "2026-10-01", "2026-10-31"))
                .containsExactly("DE TAXED 5.15000000 0", "DE TAXED 5.15000000 0.36", "DE TAXED 5.15000000 0.98");
    }

    @Test
    void pricesWithTaxInThemAreNeverExceeded() {
        open(true);
        var wallet = TaxedOffice.wallet(office, "DE");
        rent(wallet, plan("STANDARD"));
        rent(wallet, plan("REDUCED"));

        var paper = issued(wallet);

        // 5.15 each, of which 19/119 and 7/107 are tax.
        assertThat(paper.total()).isEqualTo(office.books.money("10.30"));
        assertThat(paper.taxes())
                .extracting(TaxPart::tax)
                .containsExactly(office.books.money("0.82"), office.books.money("0.34"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOMAIN", "REDUCED"})
    void categoriesAtOneRateAreOneLineOfTax(String second) {
        var wallet = TaxedOffice.wallet(office, "DE");
        rent(wallet, plan("REDUCED"));
        rent(wallet, plan(second));

        assertThat(parts(issued(wallet))).containsExactly("TAXED DE 7: 10.3 0.72");
    }

    @Test
    void aCategoryWithoutARateOfItsOwnHasTheStandardOne() {
        var wallet = TaxedOffice.wallet(office, "FR");
        rent(wallet, plan("REDUCED"));
        rent(wallet, plan("STANDARD"));

        assertThat(parts(issued(wallet))).containsExactly("TAXED FR 20: 10.3 2.06");
    }

    @Test
    void whoOwesTheTaxElsewhereHasOneLineWhateverWasSold() {
        var wallet = TaxedOffice.wallet(office, "FR");
        office.books.in(() -> office.books.sql.update("""
                insert into tax_status (organization_id, status, evidence, from_at, noted_at, noted_by)
                select organization_id, 'BUSINESS', 'VIES', '2026-01-01', now(), 'test' from wallet where id = ?
                """, wallet));
        rent(wallet, plan("REDUCED"));
        rent(wallet, plan("STANDARD"));

        var paper = issued(wallet);

        assertThat(paper.taxes()).extracting(TaxPart::treatment).containsExactly(Treatment.REVERSE_CHARGE);
        assertThat(paper.total()).isEqualTo(office.books.money("10.30"));
    }

    @Test
    void aPlanIsOfAnotherCategoryFromTheBeginningOfAMonth() {
        var wallet = TaxedOffice.wallet(office, "DE");
        var plan = office.books.plan();
        var rented = rent(wallet, plan);
        TaxedOffice.categorize(office, plan, "REDUCED", OCTOBER.to());

        office.books.charge(OCTOBER.to().plus(Duration.ofHours(3)));

        assertThat(rates(rented)).containsExactly("515 0.190000", "3 0.070000");
        assertThat(TaxedOffice.taken(office, wallet)).isEqualByComparingTo("6.1606");
    }

    @Test
    void aServerThatBecomesOfAPlanOfAnotherCategoryBearsItsRateFromTheNextHour() {
        var wallet = TaxedOffice.wallet(office, "DE");
        var rented = rent(wallet, plan("STANDARD"));
        var other = office.books.price(plan("REDUCED"), 1, "14.60");

        office.books.change(rented, other, RENTED.plus(Duration.ofMinutes(90)));
        office.books.charge(RENTED.plus(Duration.ofMinutes(150)));

        // Two hours at 19 percent; the rise within the second, and an hour, at 7.
        assertThat(rates(rented)).containsExactly("2 0.190000", "1 0.070000");
        assertThat(TaxedOffice.taken(office, wallet)).isEqualByComparingTo("0.0559");
        assertThat(parts(issued(wallet))).first().asString().startsWith("TAXED DE 19: 0.02");
    }

    @Test
    void whatChangesWithinACategoryKeepsItsTax() {
        var wallet = TaxedOffice.wallet(office, "DE");
        var plan = plan("REDUCED");
        var rented = rent(wallet, plan);

        office.books.clock.stopAt(RENTED.plus(Duration.ofMinutes(90)));
        office.books.change(rented, office.books.price(plan, 2, "3.65"), RENTED.plus(Duration.ofMinutes(90)));
        office.books.pause(rented, RENTED.plus(Duration.ofMinutes(150)));
        office.books.resume(rented, RENTED.plus(Duration.ofHours(5)));

        assertThat(rates(rented)).containsExactly("2 0.070000", "1 0.070000", "1 0.070000");
    }

    @Test
    void whoIsSomethingElseToTheTaxIsSoForEachOfItsPlans() {
        var wallet = TaxedOffice.wallet(office, "FR");
        TaxedOffice.rate(office, "FR", "REDUCED", "5.5");
        var standard = rent(wallet, plan("STANDARD"));
        var reduced = rent(wallet, plan("REDUCED"));
        var at = RENTED.plus(Duration.ofMinutes(90));
        office.books.clock.stopAt(at);
        office.books.in(() -> office.books.sql.update(
                "update organization set country = 'DE' where id = (select organization_id from wallet where id = ?)",
                wallet));

        int changed = office.books.in(() -> office.books.charging.changeTax(wallet, at));

        assertThat(changed).isEqualTo(2);
        office.books.charge(RENTED.plus(Duration.ofMinutes(150)));
        assertThat(rates(standard)).containsExactly("2 0.200000", "1 0.190000");
        assertThat(rates(reduced)).containsExactly("2 0.055000", "1 0.070000");
        int again = office.books.in(() -> office.books.charging.changeTax(wallet, at));
        assertThat(again).isZero();
    }

    @Test
    void whatIsGivenBackOrTakenForAServerIsOfItsPlan() {
        var wallet = TaxedOffice.wallet(office, "DE");
        var rented = rent(wallet, plan("REDUCED"));
        var before = TaxedOffice.taken(office, wallet);
        var wallets = ItemsTaken.wallets(office.books);

        office.books.in(() -> wallets.take(new Wallets.Item(
                wallet,
                office.books.money("10"),
                "transfer:" + rented.service() + ":" + UUID.randomUUID(),
                "transfer",
                "one",
                Optional.of(rented.service()))));
        ItemsTaken.take(office.books, wallet, "10", "transfer-pack:" + UUID.randomUUID());

        // 10.70 and 11.90: a pack is of no plan.
        assertThat(TaxedOffice.taken(office, wallet).subtract(before)).isEqualByComparingTo("22.60");
    }

    @Test
    void aPriceSaysWhatItsPlanWillBear() {
        var taxes = new PriceTax(office.books.sql, office.books.clock, tenants);
        var wallet = TaxedOffice.wallet(office, "DE");
        var standard = office.books.plan();
        var reduced = plan("REDUCED");
        var none = plan("DATA_PROCESSING");

        assertThat(List.of(standard, reduced, none).stream()
                        .map(plan -> office.books
                                .in(() -> taxes.of(wallet, plan))
                                .bears()
                                .orElseThrow()
                                .percent()
                                .toPlainString()))
                .containsExactly("19", "7", "0");
    }

    /** Hours and rates of its periods. */
    private List<String> rates(Rented rented) {
        return office.books.in(() -> office.books.sql.query(
                "select hours || ' ' || tax_rate as said from rated_period where service_id = ? order by id",
                row -> row.text("said"),
                rented.service()));
    }

    /** The legs of the newest entry that a wallet is in. */
    private List<String> legs(UUID wallet) {
        return office.books.in(() -> office.books.sql.query("""
                select a.kind || ' ' || p.amount as leg
                  from posting p
                  join ledger_account a on a.id = p.account_id
                 where p.entry_id = (select max(entry_id) from posting where account_id = ?)
                 order by 1
                """, row -> row.text("leg"), wallet));
    }
}
