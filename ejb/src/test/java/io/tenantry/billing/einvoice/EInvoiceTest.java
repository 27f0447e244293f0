package io.tenantry.billing.einvoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.einvoice.EInvoice.BankTransfer;
import io.tenantry.billing.einvoice.EInvoice.InvoicingPeriod;
import io.tenantry.billing.einvoice.EInvoice.Kind;
import io.tenantry.billing.einvoice.EInvoice.Party;
import io.tenantry.billing.tax.TaxTreatment;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EInvoiceTest {
    private static final Party NOBODY = new Party("", "Korn", "", "", "", "BE", "", "", "", "", "");

    @Test
    void writesTheSameBytesForTheSameDocument() {
        var one = SampleInvoices.bySeed(7);
        var other = SampleInvoices.bySeed(7);

        assertThat(CiiWriter.of(one, Profile.EN_16931)).isEqualTo(CiiWriter.of(other, Profile.EN_16931));
        assertThat(UblWriter.of(one, Profile.XRECHNUNG)).isEqualTo(UblWriter.of(other, Profile.XRECHNUNG));
    }

    @Test
    void statesWhoPaysAndHow() {
        var open = text(SampleInvoices.domestic());
        var paid = text(with(SampleInvoices.domestic(), SampleInvoices.PAID));

        assertThat(open)
                .contains("<ram:TypeCode>58</ram:TypeCode>", "<ram:IBANID>DE89370400440532013000</ram:IBANID>")
                .contains("<ram:TotalPrepaidAmount>0.00</ram:TotalPrepaidAmount>");
        assertThat(paid)
                .contains("<ram:TypeCode>97</ram:TypeCode>", "<ram:DuePayableAmount>0.00</ram:DuePayableAmount>")
                .doesNotContain("IBANID");
    }

    @Test
    void statesThePrepaidPartAndWhatIsDue() {
        var part = with(SampleInvoices.domestic(), SampleInvoices.prepaid(new BigDecimal("3.5")));

        assertThat(InvoiceTotals.of(part).total()).isEqualByComparingTo("11.25");
        assertThat(text(part))
                .contains("<ram:TotalPrepaidAmount>3.50</ram:TotalPrepaidAmount>")
                .contains("<ram:DuePayableAmount>7.75</ram:DuePayableAmount>")
                .contains("<ram:IBANID>DE89370400440532013000</ram:IBANID>");
        assertThat(new String(UblWriter.of(part, Profile.XRECHNUNG), StandardCharsets.UTF_8))
                .contains("<cbc:PrepaidAmount currencyID=\"EUR\">3.50</cbc:PrepaidAmount>")
                .contains("<cbc:PayableAmount currencyID=\"EUR\">7.75</cbc:PayableAmount>");
    }

    @Test
    void writesNamesUnchanged() {
        assertThat(text(SampleInvoices.domestic())).contains("Bäckerei &lt;Korn&gt; &amp; Söhne \"Süd\"");
    }

    @Test
    void omitsCharactersThatXmlForbids() {
        var it = SampleInvoices.domestic();

        var xml = text(withNotes(it, List.of("Thank\u0007 you \uD800.\uFFFF", "\uD83D\uDE00", " ")));

        assertThat(xml).contains("<ram:Content>Thank you .</ram:Content>");
        assertThat(xml).contains("<ram:Content>\uD83D\uDE00</ram:Content>");
        assertThat(Rules.facturX().brokenBy(xml.getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void omitsVatNumbersOutsideTheScopeOfVat() {
        var xml = text(taxed(new BankTransfer(TaxTreatment.OUT_OF_SCOPE, BigDecimal.ZERO)));

        assertThat(xml)
                .contains("<ram:CategoryCode>O</ram:CategoryCode>", "VATEX-EU-O")
                .doesNotContain("schemeID=\"VA\"");
    }

    @Test
    void statesReverseCharge() {
        var xml = text(taxed(new BankTransfer(TaxTreatment.REVERSE_CHARGE, BigDecimal.ZERO)));

        assertThat(xml)
                .contains(
                        "<ram:CategoryCode>AE</ram:CategoryCode>",
                        "VATEX-EU-AE",
                        "<ram:ID schemeID=\"VA\">BE0202239951");
    }

    @Test
    void reportsMissingFields() {
        var it = taxed(new BankTransfer(TaxTreatment.REVERSE_CHARGE, BigDecimal.ZERO));
        var bare = between(it, NOBODY, NOBODY);

        assertThat(bare.lacks(Profile.EN_16931))
                .containsExactlyInAnyOrder(MissingField.SELLER_NUMBER, MissingField.BUYER_VAT_NUMBER);
        assertThat(bare.lacks(Profile.XRECHNUNG))
                .containsExactlyInAnyOrder(
                        MissingField.SELLER_NUMBER,
                        MissingField.BUYER_VAT_NUMBER,
                        MissingField.SELLER_POSTCODE,
                        MissingField.SELLER_PHONE,
                        MissingField.SELLER_EMAIL,
                        MissingField.BUYER_POSTCODE,
                        MissingField.BUYER_CITY,
                        MissingField.BUYER_EMAIL);
    }

    @Test
    void sellerWithoutVatNumberMayInvoiceOutsideTheScopeOfVat() {
        var bare = between(taxed(new BankTransfer(TaxTreatment.NOT_REGISTERED, BigDecimal.ZERO)), NOBODY, NOBODY);

        assertThat(bare.lacks(Profile.EN_16931)).isEmpty();
        assertThat(Rules.facturX().brokenBy(CiiWriter.of(bare, Profile.EN_16931)))
                .isEmpty();
    }

    @Test
    void refusesThreeDecimals() {
        var it = SampleInvoices.domestic();
        var dinars = but(it, Currency.getInstance("KWD"), it.taxes());

        assertThat(dinars.lacks(Profile.EN_16931)).containsExactly(MissingField.CURRENCY);
    }

    @Test
    void refusesALineWithoutATaxTotal() {
        var it = SampleInvoices.domestic();

        assertThatThrownBy(() -> but(it, it.currency(), List.of())).hasMessageContaining("no tax total for");
    }

    @Test
    void extendsThePeriodInBothDirections() {
        var day = new InvoicingPeriod(LocalDate.of(2026, 9, 30), LocalDate.of(2026, 9, 30));

        assertThat(SampleInvoices.OCTOBER.with(day))
                .isEqualTo(new InvoicingPeriod(day.from(), SampleInvoices.OCTOBER.to()));
        assertThat(day.with(SampleInvoices.OCTOBER))
                .isEqualTo(new InvoicingPeriod(day.from(), SampleInvoices.OCTOBER.to()));
    }

    /** Returns the same invoice in another currency, or with other taxes. */
    private static EInvoice but(EInvoice it, Currency currency, List<EInvoice.Tax> taxes) {
        return new EInvoice(
                it.kind(),
                it.number(),
                it.issuedOn(),
                it.period(),
                it.seller(),
                it.buyer(),
                it.reference(),
                it.corrects(),
                it.notes(),
                it.payment(),
                currency,
                it.lines(),
                taxes,
                it.total());
    }

    private static EInvoice taxed(BankTransfer bankTransfer) {
        return SampleInvoices.of(
                Kind.INVOICE,
                SampleInvoices.PAID,
                "",
                List.of(SampleInvoices.hours(1, "744", "0.05", "37.2", bankTransfer)));
    }

    private static EInvoice with(EInvoice it, EInvoice.Payment payment) {
        return SampleInvoices.of(it.kind(), payment, it.reference(), it.lines());
    }

    private static EInvoice withNotes(EInvoice it, List<String> notes) {
        return changed(it, it.seller(), it.buyer(), notes);
    }

    private static EInvoice between(EInvoice it, Party seller, Party buyer) {
        return changed(it, seller, buyer, it.notes());
    }

    private static EInvoice changed(EInvoice it, Party seller, Party buyer, List<String> notes) {
        return new EInvoice(
                it.kind(),
                it.number(),
                it.issuedOn(),
                it.period(),
                seller,
                buyer,
                it.reference(),
                Optional.empty(),
                notes,
                it.payment(),
                it.currency(),
                it.lines(),
                it.taxes(),
                it.total());
    }

    private static String text(EInvoice it) {
        return new String(CiiWriter.of(it, Profile.EN_16931), StandardCharsets.UTF_8);
    }
}
