package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.BuildLog;
import io.tenantry.testing.Database;
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
 * Random months of random customers, with plans of three categories: the preview, the document and the ledger agree, with prices including and
 * excluding tax. {@code -Dtenantry.months=10000} sets the number.
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

    private record Preview(InvoiceQuery.InvoiceDetails draft, BigDecimal taken) {}

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void previewDocumentAndBooksAreEqual(boolean isIncluded) {
        var invoicingFixture = GermanTaxFixture.open("histories-" + (isIncluded ? "gross" : "net"), isIncluded);
        GermanTaxFixture.rate(invoicingFixture, "DE", "REDUCED", "7");
        GermanTaxFixture.rate(invoicingFixture, "FR", "REDUCED", "5.5");
        GermanTaxFixture.rate(invoicingFixture, "FI", "DOMAIN", "0");
        GermanTaxFixture.rate(invoicingFixture, "FR", "DOMAIN", "20");
        var invoiceQuery = invoiceQuery(invoicingFixture);
        var histories = new ArrayList<History>();
        for (var seed = isIncluded ? 1L : 0L; seed < MONTHS; seed += 2) {
            histories.add(simulateOctober(invoicingFixture, seed));
        }

        invoicingFixture.billingFixture.charge(OCTOBER.to());
        invoicingFixture.billingFixture.clock.stopAt(IN_NOVEMBER.minus(Duration.ofHours(2)));
        var previews = new LinkedHashMap<History, Preview>();
        for (var history : histories) {
            var draft = invoicingFixture.billingFixture.in(
                    () -> invoiceQuery.draft(history.organization(), YearMonth.of(2026, 10)));
            previews.put(history, new Preview(draft, GermanTaxFixture.charged(invoicingFixture, history.wallet())));
        }
        invoicingFixture.billingFixture.charge(IN_NOVEMBER);
        invoicingFixture.billingFixture.clock.stopAt(IN_NOVEMBER);
        var hours = new LinkedHashMap<History, BigDecimal>();
        previews.forEach((history, preview) -> hours.put(
                history,
                GermanTaxFixture.charged(invoicingFixture, history.wallet()).subtract(preview.taken())));
        issue(invoicingFixture);

        previews.forEach((history, preview) -> {
            var id = invoicingFixture.document(history.wallet()).id();
            var invoiceDetails = invoicingFixture.billingFixture.in(() -> invoiceQuery.one(id));
            var name = "seed " + history.seed();
            assertThat(invoiceDetails.groups())
                    .as(name)
                    .isEqualTo(preview.draft().groups());
            assertThat(invoiceDetails)
                    .as(name)
                    .usingRecursiveComparison()
                    .comparingOnlyFields("net", "tax", "rounding", "total", "taxes")
                    .isEqualTo(preview.draft());
            assertThat(GermanTaxFixture.charged(invoicingFixture, history.wallet())
                            .subtract(hours.get(history))
                            .subtract(invoiceDetails.total().amount()))
                    .as(name)
                    .isZero();
            for (var part : invoiceDetails.taxes()) {
                assertThat(part.tax().minus(part.taken()).amount().abs())
                        .as(name)
                        .isLessThan(CENT);
            }
        });
        assertThat(AuditorFixture.found(
                        invoicingFixture.billingFixture.tenant,
                        "invoice",
                        "tax",
                        "wallet-",
                        "period",
                        "charges-match-periods",
                        "entry-balances",
                        "running-balance",
                        "month-cap"))
                .isEmpty();
        BuildLog.note(previews.size() + " months of prices " + (isIncluded ? "with" : "without")
                + " tax: preview, document and books are equal");
    }

    private static void issue(InvoicingFixture invoicingFixture) {
        var month = invoicingFixture.billingFixture.in(() -> invoicingFixture.invoicing.prepare(OCTOBER));
        var after = FIRST;
        for (var isLast = false; !isLast; ) {
            var range = new Invoicing.Range(after, LAST, BATCH);
            var batch = invoicingFixture.billingFixture.in(() -> invoicingFixture.invoicing.issue(range, month));
            after = batch.last() == null ? LAST : batch.last();
            isLast = batch.isLast();
        }
    }

    /** Simulates one customer's October: four servers, possibly a non-hourly item, possibly another tax status from some instant on. */
    private static History simulateOctober(InvoicingFixture invoicingFixture, long seed) {
        var random = new Random(seed);
        var wallet = GermanTaxFixture.wallet(
                invoicingFixture, List.of("DE", "FR", "FI", "CH").get(random.nextInt(4)));
        invoicingFixture.billingFixture.clock.stopAt(RENTED);
        for (var life = 0; life < 4; life++) {
            simulateServer(invoicingFixture, wallet, random);
        }
        if (random.nextBoolean()) {
            invoicingFixture.billingFixture.clock.stopAt(RENTED.plus(Duration.ofDays(13)));
            ItemsCharged.take(invoicingFixture.billingFixture, wallet, "3.33333333", "setup:" + seed);
        }
        if (random.nextBoolean()) {
            changeTaxStatus(invoicingFixture, wallet, random);
        }
        var organization = invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        return new History(seed, wallet, organization);
    }

    /** Simulates one server in October that may change its plan and may end. */
    private static void simulateServer(InvoicingFixture invoicingFixture, UUID wallet, Random random) {
        var billingFixture = invoicingFixture.billingFixture;
        var rented = billingFixture.rent(
                wallet,
                price(invoicingFixture, List.of("13.25", "7.30", "0.07", "119").get(random.nextInt(4)), random),
                RENTED.plusSeconds(random.nextInt(DAY * 5)));
        if (random.nextBoolean()) {
            billingFixture.change(
                    rented,
                    price(invoicingFixture, "29.99", random),
                    RENTED.plusSeconds(DAY * 6 + (long) random.nextInt(DAY * 6)));
        }
        if (random.nextBoolean()) {
            billingFixture.end(rented, RENTED.plusSeconds(DAY * 15 + (long) random.nextInt(DAY * 5)));
        }
    }

    /** Creates the price of a plan of one of the categories. */
    private static UUID price(InvoicingFixture invoicingFixture, String monthly, Random random) {
        var plan = invoicingFixture.billingFixture.plan();
        var category = List.of("STANDARD", "REDUCED", "DOMAIN").get(random.nextInt(3));
        if (!category.equals("STANDARD")) {
            GermanTaxFixture.categorize(invoicingFixture, plan, category, Instant.parse("2026-01-01T00:00:00Z"));
        }
        return invoicingFixture.billingFixture.price(plan, 1, monthly);
    }

    /** Makes the customer a business, or exempt, permanently or for some hours or days. */
    private static void changeTaxStatus(InvoicingFixture invoicingFixture, UUID wallet, Random random) {
        var at = RENTED.plusSeconds(DAY * 14 + (long) random.nextInt(DAY));
        var isExempt = random.nextBoolean();
        var until = isExempt && random.nextBoolean() ? at.plusSeconds(1 + random.nextInt(DAY * 8)) : null;
        var billingFixture = invoicingFixture.billingFixture;
        billingFixture.clock.stopAt(at);
        billingFixture.in(() -> {
            billingFixture.sql.update("""
                    insert into tax_status (organization_id, status, evidence, from_at, until_at, recorded_at, recorded_by)
                    select organization_id, ?, 'it was proven', ?, ?, ?, 'test' from wallet where id = ?
                    """, isExempt ? "EXEMPT" : "BUSINESS", at, until, at, wallet);
            if (until != null) {
                billingFixture.sql.update(
                        "insert into exemption_expiry (organization_id, until_at) select organization_id, ? from wallet where id = ?",
                        until,
                        wallet);
            }
            return billingFixture.charging.changeTax(wallet, at);
        });
    }

    private static InvoiceQuery invoiceQuery(InvoicingFixture invoicingFixture) {
        return new InvoiceQuery(
                invoicingFixture.billingFixture.sql,
                invoicingFixture.billingFixture.clock,
                new Access(invoicingFixture.billingFixture.sql),
                new TenantDirectory(Database.administration()),
                invoicingFixture.invoicing);
    }
}
