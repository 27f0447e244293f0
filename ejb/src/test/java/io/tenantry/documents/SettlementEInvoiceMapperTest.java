package io.tenantry.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.einvoice.EInvoice;
import io.tenantry.billing.einvoice.Rules;
import io.tenantry.billing.invoicing.DocumentKind;
import io.tenantry.billing.invoicing.InvoiceBuyer;
import io.tenantry.billing.invoicing.InvoiceReferences;
import io.tenantry.billing.invoicing.InvoiceSeller;
import io.tenantry.billing.invoicing.PostalAddress;
import io.tenantry.billing.tax.TaxTreatment;
import io.tenantry.documents.InvoiceFiles.Format;
import io.tenantry.kernel.money.Money;
import io.tenantry.settlement.SettlementQuery.Invoice;
import io.tenantry.settlement.SettlementQuery.Line;
import io.tenantry.settlement.SettlementQuery.SettlementDocument;
import io.tenantry.settlement.SettlementQuery.SettlementSummary;
import io.tenantry.tenancy.TenantId;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** Settlement invoices conform to the official rules, whatever their sums and tax treatment. */
@Tag("full")
class SettlementEInvoiceMapperTest {
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final InvoiceSeller SELLER = new InvoiceSeller(
            new PostalAddress("Plattform GmbH", "Am Speicher 4", "20457", "Hamburg", "DE"),
            "DE123456788",
            "27/987/65432",
            "",
            "settlement@platform.example",
            "+49 40 5550100",
            "Musterbank",
            "DE89370400440532013000",
            "COBADEFF",
            "");
    private static final InvoiceBuyer AUSTRIAN = new InvoiceBuyer(
            new PostalAddress("Alpen Cloud GmbH", "Ring 1", "6020", "Innsbruck", "AT"),
            "ATU12345675",
            "billing@alpen.example",
            "");
    private static final InvoiceBuyer GERMAN = new InvoiceBuyer(
            new PostalAddress("Elbe Cloud GmbH", "Kai 7", "20457", "Hamburg", "DE"),
            "DE136695976",
            "billing@elbe.example",
            "");

    private final List<Line> lines = new ArrayList<>();

    private static Money euro(String amount) {
        return new Money(new BigDecimal(amount), EUR);
    }

    private static Money rounded(Money exact) {
        return new Money(exact.amount().setScale(2, RoundingMode.HALF_UP), exact.currency());
    }

    private void line(String kind, String name, String quantity, String rate, String amount) {
        var isFee = !kind.equals("SERVICE") && !kind.equals("ADDON");
        lines.add(new Line(
                lines.size() + 1,
                kind,
                name,
                isFee ? "" : "sandbox",
                OCTOBER,
                Optional.empty(),
                2,
                1_030,
                0,
                euro("12.34"),
                new BigDecimal(quantity),
                new BigDecimal(rate),
                euro(amount)));
    }

    private Money sum(boolean ofFees) {
        return lines.stream()
                .filter(line ->
                        ofFees != (line.kind().equals("SERVICE") || line.kind().equals("ADDON")))
                .map(Line::amount)
                .reduce(euro("0"), Money::plus);
    }

    private PrintableDocument document(
            TaxTreatment taxTreatment, String percent, InvoiceBuyer invoiceBuyer, Locale locale) {
        var total = rounded(sum(false)).plus(rounded(sum(true)));
        var tax = rounded(
                new Money(total.amount().multiply(new BigDecimal(percent)).movePointLeft(2), EUR));
        var issued = Instant.parse("2026-11-04T23:00:00Z");
        var settlementSummary = new SettlementSummary(
                new UUID(7, 7),
                DocumentKind.INVOICE,
                new TenantId("alpen"),
                "ST-2026-000007",
                OCTOBER,
                "OPEN",
                2,
                1,
                euro("24.68"),
                rounded(sum(false)),
                rounded(sum(true)),
                total,
                total.minus(sum(false)).minus(sum(true)),
                euro("24.68").minus(total),
                new BigDecimal(percent),
                tax,
                total.plus(tax),
                euro("0"),
                issued,
                Optional.empty(),
                Optional.empty(),
                "");
        var invoice = new Invoice(
                new UUID(1, 1),
                SELLER,
                invoiceBuyer,
                taxTreatment,
                invoiceBuyer.address().country());
        return SettlementEInvoiceMapper.printable(
                new SettlementDocument(settlementSummary, lines, Optional.of(invoice), List.of()),
                invoice,
                BERLIN,
                locale);
    }

    private static DocumentHtml page(PrintableDocument printableDocument) {
        return new DocumentHtml(
                new Letterhead(io.tenantry.brand.Brand.TENANTRY, Optional.empty(), DocumentTemplate.NONE),
                printableDocument.words());
    }

    private static List<String> violations(PrintableDocument printableDocument) {
        var broken = new ArrayList<String>();
        for (var format : printableDocument.formats()) {
            var content = printableDocument.content(format, () -> page(printableDocument));
            switch (format) {
                case PDF -> broken.addAll(PdfaRules.violations(content, PDFAFlavour.PDFA_3_A));
                case FACTUR_X -> broken.addAll(Rules.facturX().brokenBy(content));
                case XRECHNUNG_CII -> broken.addAll(Rules.xRechnungCii().brokenBy(content));
                case XRECHNUNG_UBL ->
                    broken.addAll(Rules.xRechnungUbl(printableDocument.invoice().kind())
                            .brokenBy(content));
            }
        }
        return broken;
    }

    @Test
    void describesItemsInTheLanguageOfTheReader() throws IOException {
        line("SERVICE", "CX 2", "0", "0", "2.575");
        line("ADDON", "VOLUME", "0", "0", "0.5");
        line("OUTAGE_CREDIT", "", "0", "0", "0");
        line("PERCENT", "", "12.34", "0.04", "0.4936");
        line("PER_SERVICE", "", "2", "0.15", "0.3");
        line("PER_ORGANIZATION", "", "1", "0.5", "0.5");
        line("MINIMUM", "", "0", "25", "23.7064");
        var printed = document(TaxTreatment.TAXED, "19", AUSTRIAN, Locale.GERMANY);

        assertThat(printed.formats()).containsExactlyInAnyOrder(Format.values());
        assertThat(violations(printed)).isEmpty();
        var pdf = printed.content(Format.PDF, () -> page(printed));
        try (var read = Loader.loadPDF(pdf)) {
            // 3.08 of hours and 25.00 of fees, plus 19 %
            assertThat(new PDFTextStripper().getText(read))
                    .contains(
                            "Rechnung",
                            "ST-2026-000007",
                            "CX 2 bei sandbox, 1.030 h, Dienste: 2",
                            "Volume bei sandbox",
                            "Gebühr: 4 % des Umsatzes von 12,34",
                            "Gebühr pro Dienst",
                            "28,08",
                            "5,34",
                            "33,42",
                            "bitte Verwendungszweck ST-2026-000007 angeben")
                    .doesNotContain("OUTAGE_CREDIT", "Gutschrift für Ausfall");
        }
        assertThat(pdf).isEqualTo(printed.content(Format.PDF, () -> page(printed)));
    }

    @Test
    void statesReverseCharge() throws IOException {
        line("SERVICE", "CX 2", "0", "0", "2.575");
        var printed = document(TaxTreatment.REVERSE_CHARGE, "0", AUSTRIAN, Locale.UK);

        assertThat(violations(printed)).isEmpty();
        try (var read = Loader.loadPDF(printed.content(Format.PDF, () -> page(printed)))) {
            assertThat(new PDFTextStripper().getText(read)).contains("ATU12345675", "Article 196", "2.58");
        }
    }

    private void creditLine(String kind, String name, String amount) {
        lines.add(new Line(
                lines.size() + 1,
                kind,
                name,
                name.isEmpty() ? "" : "sandbox",
                OCTOBER,
                Optional.empty(),
                0,
                0,
                0,
                euro("0"),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                euro(amount)));
    }

    /** Returns a credit note whose sums were rounded by the database, for each tax treatment. */
    private PrintableDocument creditNote(
            TaxTreatment taxTreatment,
            InvoiceBuyer invoiceBuyer,
            String wholesale,
            String fees,
            String tax,
            Locale locale) {
        var total = euro(wholesale).plus(euro(fees));
        var issued = Instant.parse("2026-12-02T10:00:00Z");
        var settlementSummary = new SettlementSummary(
                new UUID(7, 8),
                DocumentKind.CREDIT_NOTE,
                new TenantId("alpen"),
                "SC-2026-000001",
                OCTOBER.plusMonths(2),
                "PAID",
                0,
                0,
                euro("0"),
                euro(wholesale),
                euro(fees),
                total,
                total.minus(sum(false)).minus(sum(true)),
                euro("0").minus(total),
                new BigDecimal(taxTreatment == TaxTreatment.TAXED ? "19" : "0"),
                euro(tax),
                total.plus(euro(tax)),
                euro("0"),
                issued,
                Optional.of(issued),
                Optional.of(new InvoiceReferences.Reference(new UUID(7, 7), "ST-2026-000007")),
                "Hours of the outage of 11 October");
        var invoice = new Invoice(
                new UUID(1, 1),
                SELLER,
                invoiceBuyer,
                taxTreatment,
                invoiceBuyer.address().country());
        return SettlementEInvoiceMapper.printable(
                new SettlementDocument(settlementSummary, lines, Optional.of(invoice), List.of()),
                invoice,
                BERLIN,
                locale);
    }

    @Test
    void namesTheSettlementOnACreditNote() throws IOException {
        creditLine("SERVICE", "CX 2", "-1.2875");
        creditLine("ADDON", "VOLUME", "-0.25");
        creditLine("PERCENT", "", "-0.2468");
        creditLine("PER_SERVICE", "", "-0.1");
        var printed = creditNote(TaxTreatment.TAXED, GERMAN, "-1.54", "-0.35", "-0.36", Locale.GERMANY);

        assertThat(printed.formats()).containsExactlyInAnyOrder(Format.values());
        assertThat(printed.invoice().kind()).isEqualTo(EInvoice.Kind.CREDIT_NOTE);
        assertThat(violations(printed)).isEmpty();
        assertThat(new String(printed.content(Format.FACTUR_X, () -> page(printed)), StandardCharsets.UTF_8))
                .contains(">381<", "ST-2026-000007", "2.25");
        try (var read = Loader.loadPDF(printed.content(Format.PDF, () -> page(printed)))) {
            assertThat(new PDFTextStripper().getText(read))
                    .contains(
                            "Rechnungskorrektur",
                            "SC-2026-000001",
                            "ST-2026-000007",
                            "Hours of the outage",
                            "CX 2 bei sandbox",
                            "Volume bei sandbox",
                            "Gebühr auf den Umsatz",
                            "2,25")
                    .doesNotContain("1.030 h");
        }
    }

    /** The rounding contribution of one part differs by at most one cent from its own rounding. */
    @Test
    void creditNotesPassTheOfficialRulesHoweverRounded() {
        for (var taxTreatment : List.of(TaxTreatment.TAXED, TaxTreatment.REVERSE_CHARGE, TaxTreatment.NOT_REGISTERED)) {
            for (var amount : List.of("-0.004", "-0.006", "-12.345", "-99.995")) {
                lines.clear();
                creditLine("SERVICE", "CX 2", amount);
                var exact = new BigDecimal(amount);
                for (var mode : List.of(RoundingMode.UP, RoundingMode.DOWN)) {
                    var total = exact.setScale(2, mode);
                    var tax = taxTreatment == TaxTreatment.TAXED
                            ? total.multiply(new BigDecimal("0.19")).setScale(2, mode)
                            : BigDecimal.ZERO;
                    for (var buyer : List.of(AUSTRIAN, GERMAN)) {
                        var printed = creditNote(
                                taxTreatment, buyer, total.toPlainString(), "0", tax.toPlainString(), Locale.UK);
                        assertThat(Rules.facturX().brokenBy(printed.content(Format.FACTUR_X, () -> page(printed))))
                                .as("%s as %s with %s of tax, %s", amount, total, tax, taxTreatment)
                                .isEmpty();
                    }
                }
            }
        }
    }

    /** Sums that are rounded twice, and each tax treatment. */
    @Test
    void anyLinesPassTheOfficialRules() {
        var seed = 32L;
        var random = new Random(seed);
        var treatments = List.of(
                TaxTreatment.TAXED,
                TaxTreatment.REVERSE_CHARGE,
                TaxTreatment.OUT_OF_SCOPE,
                TaxTreatment.EXEMPT,
                TaxTreatment.SMALL_BUSINESS,
                TaxTreatment.NOT_REGISTERED);
        for (var round = 0; round < 60; round++) {
            lines.clear();
            for (var n = 1 + random.nextInt(6); n > 0; n--) {
                var thousandths = 1 + random.nextInt(9_999_999);
                line(
                        "SERVICE",
                        "Size " + n,
                        "0",
                        "0",
                        BigDecimal.valueOf(thousandths, 3).toPlainString());
            }
            if (random.nextBoolean()) {
                line(
                        "PERCENT",
                        "",
                        "100",
                        "0.0333",
                        BigDecimal.valueOf(random.nextInt(9_999), 3).toPlainString());
                line("PER_SERVICE", "", "3", "0.155", "0.465");
            }
            var taxTreatment = treatments.get(round % treatments.size());
            for (var buyer : List.of(AUSTRIAN, GERMAN)) {
                var printed = document(taxTreatment, taxTreatment == TaxTreatment.TAXED ? "19" : "0", buyer, Locale.UK);
                assertThat(printed.formats()).contains(Format.FACTUR_X);
                assertThat(Rules.facturX().brokenBy(printed.content(Format.FACTUR_X, () -> page(printed))))
                        .as("seed %s, round %s: %s", seed, round, lines)
                        .isEmpty();
            }
        }
    }
}
