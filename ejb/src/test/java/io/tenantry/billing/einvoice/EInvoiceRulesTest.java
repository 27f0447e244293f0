package io.tenantry.billing.einvoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.tax.TaxTreatment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Issued documents comply with the official validation rules, in each syntax and profile: 200 documents of every {@link SampleKind}. */
@Tag("full")
class EInvoiceRulesTest {
    private static final int EXAMPLES = 3;

    private static final List<String> COUNTRIES = List.of("DE", "AT", "FR", "IT", "GB", "CH", "US");

    private static final String DUE_IN_CII =
            "(?s)<ram:DueDateDateTime>\\s*<udt:DateTimeString format=\"102\">20261118<.*</ram:DueDateDateTime>";

    static Stream<Arguments> documents() {
        return Stream.of(SampleKind.values())
                .flatMap(sampleKind ->
                        LongStream.range(0, sampleKind.count()).mapToObj(seed -> Arguments.of(sampleKind, seed)));
    }

    /** The first documents of each sort; the others are validated with {@code -Pfull}. */
    static Stream<Arguments> examples() {
        return documents().filter(document -> seed(document) < EXAMPLES);
    }

    static Stream<Arguments> others() {
        return documents().filter(document -> seed(document) >= EXAMPLES);
    }

    private static long seed(Arguments document) {
        return (long) document.get()[1];
    }

    @ParameterizedTest
    @MethodSource("examples")
    void obeysTheRulesOfFacturX(SampleKind sampleKind, long seed) {
        isFacturX(sampleKind, seed);
    }

    @ParameterizedTest
    @MethodSource("others")
    @Tag("full")
    void obeysTheRulesOfFacturXForRandomInvoices(SampleKind sampleKind, long seed) {
        isFacturX(sampleKind, seed);
    }

    private static void isFacturX(SampleKind sampleKind, long seed) {
        var it = sampleKind.bySeed(seed);

        assertThat(it.lacks(Profile.EN_16931)).isEmpty();
        assertThat(Rules.facturX().brokenBy(CiiWriter.of(it, Profile.EN_16931))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void obeysTheRulesOfXRechnung(SampleKind sampleKind, long seed) {
        isXRechnung(sampleKind, seed);
    }

    @ParameterizedTest
    @MethodSource("others")
    @Tag("full")
    void obeysTheRulesOfXRechnungForRandomInvoices(SampleKind sampleKind, long seed) {
        isXRechnung(sampleKind, seed);
    }

    private static void isXRechnung(SampleKind sampleKind, long seed) {
        var it = sampleKind.bySeed(seed);

        assertThat(it.lacks(Profile.XRECHNUNG)).isEmpty();
        assertThat(Rules.xRechnungCii().brokenBy(CiiWriter.of(it, Profile.XRECHNUNG)))
                .isEmpty();
        assertThat(Rules.xRechnungUbl(it.kind()).brokenBy(UblWriter.of(it, Profile.XRECHNUNG)))
                .isEmpty();
    }

    /** Rules depend on where seller and buyer are: Factur-X has some for Germany alone. */
    static Stream<Arguments> countries() {
        return COUNTRIES.stream().flatMap(seller -> COUNTRIES.stream().map(buyer -> Arguments.of(seller, buyer)));
    }

    @ParameterizedTest
    @MethodSource("countries")
    void obeysTheRulesBetweenAnyCountries(String seller, String buyer) {
        for (var kind : EInvoice.Kind.values()) {
            var sign = kind == EInvoice.Kind.CREDIT_NOTE ? "-" : "";
            for (var way : List.of(
                    SampleInvoices.taxed("19"),
                    SampleInvoices.untaxed(TaxTreatment.REVERSE_CHARGE),
                    SampleInvoices.untaxed(TaxTreatment.SMALL_BUSINESS),
                    SampleInvoices.untaxed(TaxTreatment.OUT_OF_SCOPE))) {
                var it = SampleInvoices.between(
                        SampleInvoices.of(
                                kind,
                                SampleInvoices.PAID,
                                "",
                                List.of(SampleInvoices.hours(1, "1", sign + "12.5", sign + "12.5", way))),
                        seller,
                        buyer);

                assertThat(Rules.facturX().brokenBy(CiiWriter.of(it, Profile.EN_16931)))
                        .as("Factur-X: %s, %s", kind, way)
                        .isEmpty();
                assertThat(Rules.xRechnungCii().brokenBy(CiiWriter.of(it, Profile.XRECHNUNG)))
                        .as("XRechnung, CII: %s, %s", kind, way)
                        .isEmpty();
                assertThat(Rules.xRechnungUbl(kind).brokenBy(UblWriter.of(it, Profile.XRECHNUNG)))
                        .as("XRechnung, UBL: %s, %s", kind, way)
                        .isEmpty();
            }
        }
    }

    @Test
    void samplesAreTwoHundredAndMatchTheirKind() {
        assertThat(documents()).hasSizeGreaterThanOrEqualTo(200);
        for (var sampleKind : SampleKind.values()) {
            assertThat(LongStream.range(0, sampleKind.count()).mapToObj(sampleKind::bySeed))
                    .as(sampleKind.name())
                    .isNotEmpty()
                    .allMatch(sampleKind::isSortOf);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<ram:TaxBasisTotalAmount>|<ram:TaxBasisTotalAmount>1|BR-CO-13",
                "<ram:DuePayableAmount>|<ram:DuePayableAmount>1|BR-CO-16",
                "<ram:CategoryCode>S|<ram:CategoryCode>K|BR-IC-05",
                "<ram:BuyerReference>PO 4711</ram:BuyerReference>||BR-DE-15",
                "<ram:CompleteNumber>+49 221 5550100</ram:CompleteNumber>||BR-DE-6"
            })
    void detectsBrokenRules(String right, String wrong, String rule) {
        var it = SampleInvoices.domestic();
        var xml = new String(CiiWriter.of(it, Profile.XRECHNUNG), StandardCharsets.UTF_8);
        assertThat(xml).contains(right);

        var broken = xml.replace(right, wrong == null ? "" : wrong).getBytes(StandardCharsets.UTF_8);

        assertThat(Rules.xRechnungCii().brokenBy(broken)).anyMatch(fault -> fault.startsWith(rule + " "));
    }

    @Test
    void statesTheDueDateOfAnOpenInvoice() {
        var it = SampleInvoices.domestic();
        var cii = new String(CiiWriter.of(it, Profile.EN_16931), StandardCharsets.UTF_8);
        var ubl = new String(UblWriter.of(it, Profile.XRECHNUNG), StandardCharsets.UTF_8);
        assertThat(cii).containsPattern(DUE_IN_CII);
        assertThat(ubl).contains("<cbc:DueDate>2026-11-18</cbc:DueDate>");

        var dateAlone = cii.replaceAll("<ram:Description>Payable[^<]*</ram:Description>", "");
        var neither = dateAlone.replaceAll(DUE_IN_CII, "");

        assertThat(Rules.facturX().brokenBy(dateAlone.getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(Rules.facturX().brokenBy(neither.getBytes(StandardCharsets.UTF_8)))
                .anyMatch(fault -> fault.contains("BR-CO-25"));
    }

    @Test
    void statesADueDateOnlyForAnOpenInvoice() {
        var open = LongStream.range(0, SampleKind.WHATEVER_COMES.count())
                .mapToObj(SampleInvoices::bySeed)
                .filter(it -> it.payment().dueOn().isPresent())
                .toList();

        assertThat(open).hasSizeGreaterThan(5).allMatch(it -> it.kind() != EInvoice.Kind.CREDIT_NOTE);
        assertThatThrownBy(() -> new EInvoice.Payment(true, "Paid", Optional.of(SampleInvoices.DUE), "", ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SampleInvoices.of(
                        EInvoice.Kind.CREDIT_NOTE,
                        SampleInvoices.OPEN,
                        "",
                        List.of(SampleInvoices.hours(1, "1", "-1", "-1"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyKindOccurs() {
        assertThat(LongStream.range(0, SampleKind.WHATEVER_COMES.count())
                        .mapToObj(SampleInvoices::bySeed)
                        .map(EInvoice::kind))
                .contains(EInvoice.Kind.values());
    }

    @Test
    void debitNoteHasItsOwnTypeAndNamesTheCorrectedInvoice() {
        var it = SampleInvoices.of(
                EInvoice.Kind.DEBIT_NOTE,
                SampleInvoices.PAID,
                "",
                List.of(SampleInvoices.hours(1, "1", "12.5", "12.5")));

        assertThat(new String(CiiWriter.of(it, Profile.XRECHNUNG), StandardCharsets.UTF_8))
                .contains("<ram:TypeCode>383<", "INV-2026-000041", ">12.50<");
        assertThat(new String(UblWriter.of(it, Profile.XRECHNUNG), StandardCharsets.UTF_8))
                .contains("<cbc:InvoiceTypeCode>383<", "INV-2026-000041", ">12.50<");
    }

    /**
     * The total is the tax alone: one further line of minus zero would state the same, and no category adds up to that (BR-S-08, BR-CO-17).
     */
    @Test
    void creditNoteReplacingTaxedChargesIncludesTheTax() {
        var reencrypted = SampleInvoices.untaxed(TaxTreatment.REVERSE_CHARGE);
        var it = SampleInvoices.of(
                EInvoice.Kind.CREDIT_NOTE,
                SampleInvoices.PAID,
                "PO 4711",
                List.of(
                        SampleInvoices.hours(1, "1", "-5.15123456", "-5.15123456", SampleInvoices.taxed("20")),
                        SampleInvoices.hours(2, "1", "5.15123456", "5.15123456", reencrypted),
                        SampleInvoices.hours(3, "1", "1.5", "1.5", SampleInvoices.taxed("20")),
                        SampleInvoices.hours(4, "1", "-1.5", "-1.5", reencrypted)));

        assertThat(it.total()).isEqualByComparingTo("-0.73");
        assertThat(Rules.facturX().brokenBy(CiiWriter.of(it, Profile.EN_16931))).isEmpty();
        assertThat(Rules.xRechnungCii().brokenBy(CiiWriter.of(it, Profile.XRECHNUNG)))
                .isEmpty();
        assertThat(Rules.xRechnungUbl(it.kind()).brokenBy(UblWriter.of(it, Profile.XRECHNUNG)))
                .isEmpty();
        assertThat(new String(UblWriter.of(it, Profile.XRECHNUNG), StandardCharsets.UTF_8))
                .contains(">0.73<", ">AE<");
    }

    @Test
    void detectsMisplacedElements() {
        var xml = new String(UblWriter.of(SampleInvoices.domestic(), Profile.XRECHNUNG), StandardCharsets.UTF_8);

        var broken = xml.replace("cbc:ProfileID>", "cbc:UUID>").getBytes(StandardCharsets.UTF_8);

        assertThat(Rules.xRechnungUbl(EInvoice.Kind.INVOICE).brokenBy(broken))
                .hasSize(1)
                .first()
                .asString()
                .contains("UUID");
    }

    @Test
    void looksUpTheCodesOfFacturX() {
        var xml = new String(CiiWriter.of(SampleInvoices.domestic(), Profile.EN_16931), StandardCharsets.UTF_8);

        var broken = xml.replace("unitCode=\"HUR\"", "unitCode=\"HOURS\"").getBytes(StandardCharsets.UTF_8);

        assertThat(Rules.facturX().brokenBy(broken)).isNotEmpty();
    }
}
