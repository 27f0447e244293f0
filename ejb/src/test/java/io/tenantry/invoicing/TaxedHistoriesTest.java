package io.tenantry.invoicing;

import static io.tenantry.invoicing.Office.IN_NOVEMBER;
import static io.tenantry.invoicing.Office.OCTOBER;
import static io.tenantry.invoicing.Office.RENTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.auditor.Rig;
import io.tenantry.identity.Access;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.BuildLog;
import io.tenantry.testing.Database;
import io.tenantry.wallet.ItemsTaken;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random months of random customers, with plans of three categories: what the preview says is what the document says is what the books say, with prices that have tax in
 * them and with others. {@code -Dtenantry.months=10000} for so many.
 */
@Tag("full")
class TaxedHistoriesTest {
    private static final int MONTHS = Integer.getInteger("tenantry.months", 80);
    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);
    private static final int BATCH = 500;
    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final int DAY = 86_400;

    private record History(long seed, UUID wallet, UUID organization) {}

    private record Preview(Documents.Paper draft, BigDecimal taken) {}

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void previewDocumentAndBooksAreEqual(boolean isIncluded) {
        var office = TaxedOffice.open("histories-" + (isIncluded ? "gross" : "net"), isIncluded);
        TaxedOffice.rate(office, "DE", "REDUCED", "7");
        TaxedOffice.rate(office, "FR", "REDUCED", "5.5");
        TaxedOffice.rate(office, "FI", "DOMAIN", "0");
        TaxedOffice.rate(office, "FR", "DOMAIN", "20");
        var papers = papers(office);
        var histories = new ArrayList<History>();
        for (var seed = isIncluded ? 1L : 0L; seed < MONTHS; seed += 2) {
            histories.add(lived(office, seed));
        }

        office.books.charge(OCTOBER.to());
        office.books.clock.stopAt(IN_NOVEMBER.minus(Duration.ofHours(2)));
        var previews = new LinkedHashMap<History, Preview>();
        for (var history : histories) {
            var draft = office.books.in(() -> papers.draft(history.organization(), YearMonth.of(2026, 10)));
            previews.put(history, new Preview(draft, TaxedOffice.taken(office, history.wallet())));
        }
        office.books.charge(IN_NOVEMBER);
        office.books.clock.stopAt(IN_NOVEMBER);
        var hours = new LinkedHashMap<History, BigDecimal>();
        previews.forEach((history, preview) ->
                hours.put(history, TaxedOffice.taken(office, history.wallet()).subtract(preview.taken())));
        issue(office);

        previews.forEach((history, preview) -> {
            var id = office.document(history.wallet()).id();
            var paper = office.books.in(() -> papers.one(id));
            var name = "seed " + history.seed();
            assertThat(paper.groups()).as(name).isEqualTo(preview.draft().groups());
            assertThat(paper)
                    .as(name)
                    .usingRecursiveComparison()
                    .comparingOnlyFields("net", "tax", "rounding", "total", "taxes")
                    .isEqualTo(preview.draft());
            assertThat(TaxedOffice.taken(office, history.wallet())
                            .subtract(hours.get(history))
                            .subtract(paper.total().amount()))
                    .as(name)
                    .isZero();
            for (var part : paper.taxes()) {
                assertThat(part.tax().minus(part.taken()).amount().abs())
                        .as(name)
                        .isLessThan(CENT);
            }
        });
        assertThat(Rig.found(office.books.tenant))
                .noneMatch(found -> found.invariant().startsWith("invoice")
                        || found.invariant().startsWith("tax")
                        || found.invariant().startsWith("wallet-")
                        || found.invariant().startsWith("period")
                        || List.of("charges-match-periods", "entry-balances", "running-balance", "month-cap")
                                .contains(found.invariant()));
        BuildLog.note(previews.size() + " months of prices " + (isIncluded ? "with" : "without")
                + " tax: preview, document and books are equal");
    }

    private static void issue(Office office) {
        var month = office.books.in(() -> office.invoicing.prepare(OCTOBER));
        var after = FIRST;
        for (var isLast = false; !isLast; ) {
            var range = new Invoicing.Range(after, LAST, BATCH);
            var batch = office.books.in(() -> office.invoicing.issue(range, month));
            after = batch.last() == null ? LAST : batch.last();
            isLast = batch.isLast();
        }
    }

    /** One customer's October: four servers, perhaps something that is no hour, perhaps another thing to the tax from a moment on. */
    private static History lived(Office office, long seed) {
        var random = new Random(seed);
        var wallet = TaxedOffice.wallet(office, List.of("DE", "FR", "FI", "CH").get(random.nextInt(4)));
        office.books.clock.stopAt(RENTED);
        for (var life = 0; life < 4; life++) {
            live(office, wallet, random);
        }
        if (random.nextBoolean()) {
            office.books.clock.stopAt(RENTED.plus(Duration.ofDays(13)));
            ItemsTaken.take(office.books, wallet, "3.33333333", "setup:" + seed);
        }
        if (random.nextBoolean()) {
            become(office, wallet, random);
        }
        var organization = office.books.in(() -> office.books.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        return new History(seed, wallet, organization);
    }

    /** One server that may change its plan, and may end, in October. */
    private static void live(Office office, UUID wallet, Random random) {
        var books = office.books;
        var rented = books.rent(
                wallet,
                price(office, List.of("13.25", "7.30", "0.07", "119").get(random.nextInt(4)), random),
                RENTED.plusSeconds(random.nextInt(DAY * 5)));
        if (random.nextBoolean()) {
            books.change(
                    rented,
                    price(office, "29.99", random),
                    RENTED.plusSeconds(DAY * 6 + (long) random.nextInt(DAY * 6)));
        }
        if (random.nextBoolean()) {
            books.end(rented, RENTED.plusSeconds(DAY * 15 + (long) random.nextInt(DAY * 5)));
        }
    }

    /** That of a plan of one of the categories. */
    private static UUID price(Office office, String monthly, Random random) {
        var plan = office.books.plan();
        var category = List.of("STANDARD", "REDUCED", "DOMAIN").get(random.nextInt(3));
        if (!category.equals("STANDARD")) {
            TaxedOffice.categorize(office, plan, category, Instant.parse("2026-01-01T00:00:00Z"));
        }
        return office.books.price(plan, 1, monthly);
    }

    /** A business, or exempt, for ever or for some hours or days. */
    private static void become(Office office, UUID wallet, Random random) {
        var at = RENTED.plusSeconds(DAY * 14 + (long) random.nextInt(DAY));
        var isExempt = random.nextBoolean();
        var until = isExempt && random.nextBoolean() ? at.plusSeconds(1 + random.nextInt(DAY * 8)) : null;
        var books = office.books;
        books.clock.stopAt(at);
        books.in(() -> {
            books.sql.update("""
                    insert into tax_status (organization_id, status, evidence, from_at, until_at, noted_at, noted_by)
                    select organization_id, ?, 'it was proven', ?, ?, ?, 'test' from wallet where id = ?
                    """, isExempt ? "EXEMPT" : "BUSINESS", at, until, at, wallet);
            if (until != null) {
                books.sql.update(
                        "insert into tax_ending (organization_id, until_at) select organization_id, ? from wallet where id = ?",
                        until,
                        wallet);
            }
            return books.charging.changeTax(wallet, at);
        });
    }

    private static Documents papers(Office office) {
        return new Documents(
                office.books.sql,
                office.books.clock,
                new Access(office.books.sql),
                new TenantDirectory(Database.administration()),
                office.invoicing);
    }
}
