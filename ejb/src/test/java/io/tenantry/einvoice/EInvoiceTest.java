package io.tenantry.einvoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.einvoice.EInvoice.Kind;
import io.tenantry.einvoice.EInvoice.Party;
import io.tenantry.einvoice.EInvoice.Span;
import io.tenantry.einvoice.EInvoice.Way;
import io.tenantry.tax.Treatment;
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
    void isTheSameBytesForTheSameDocument() {
        var one = SomeInvoices.bySeed(7);
        var other = SomeInvoices.bySeed(7);

        assertThat(Cii.of(one, Profile.EN_16931)).isEqualTo(Cii.of(other, Profile.EN_16931));
        assertThat(Ubl.of(one, Profile.XRECHNUNG)).isEqualTo(Ubl.of(other, Profile.XRECHNUNG));
    }

    @Test
    void saysWhoPaysAndHow() {
        var open = text(SomeInvoices.domestic());
        var paid = text(with(SomeInvoices.domestic(), SomeInvoices.PAID));

        assertThat(open)
                .contains("<ram:TypeCode>58</ram:TypeCode>", "<ram:IBANID>DE89370400440532013000</ram:IBANID>")
                .contains("<ram:TotalPrepaidAmount>0.00</ram:TotalPrepaidAmount>");
        assertThat(paid)
                .contains("<ram:TypeCode>97</ram:TypeCode>", "<ram:DuePayableAmount>0.00</ram:DuePayableAmount>")
                .doesNotContain("IBANID");
    }

    @Test
    void writesNamesAsTheyAre() {
        assertThat(text(SomeInvoices.domestic())).contains("Bäckerei &lt;Korn&gt; &amp; Söhne \"Süd\"");
    }

    @Test
    void leavesOutWhatXmlCannotHold() {
        var it = SomeInvoices.domestic();

        var xml = text(withNotes(it, List.of("Thank\u0007 you \uD800.\uFFFF", "\uD83D\uDE00", " ")));

        assertThat(xml).contains("<ram:Content>Thank you .</ram:Content>");
        assertThat(xml).contains("<ram:Content>\uD83D\uDE00</ram:Content>");
        assertThat(Rules.facturX().brokenBy(xml.getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void whatIsNotSubjectToVatNamesNoVatNumber() {
        var xml = text(taxed(new Way(Treatment.OUTSIDE, BigDecimal.ZERO)));

        assertThat(xml)
                .contains("<ram:CategoryCode>O</ram:CategoryCode>", "VATEX-EU-O")
                .doesNotContain("schemeID=\"VA\"");
    }

    @Test
    void saysThatTheBuyerOwesTheTax() {
        var xml = text(taxed(new Way(Treatment.REVERSE_CHARGE, BigDecimal.ZERO)));

        assertThat(xml)
                .contains(
                        "<ram:CategoryCode>AE</ram:CategoryCode>",
                        "VATEX-EU-AE",
                        "<ram:ID schemeID=\"VA\">BE0202239951");
    }

    @Test
    void knowsWhatItLacks() {
        var it = taxed(new Way(Treatment.REVERSE_CHARGE, BigDecimal.ZERO));
        var bare = between(it, NOBODY, NOBODY);

        assertThat(bare.lacks(Profile.EN_16931)).containsExactlyInAnyOrder(Lack.SELLER_NUMBER, Lack.BUYER_VAT_NUMBER);
        assertThat(bare.lacks(Profile.XRECHNUNG))
                .containsExactlyInAnyOrder(
                        Lack.SELLER_NUMBER,
                        Lack.BUYER_VAT_NUMBER,
                        Lack.SELLER_POSTCODE,
                        Lack.SELLER_PHONE,
                        Lack.SELLER_EMAIL,
                        Lack.BUYER_POSTCODE,
                        Lack.BUYER_CITY,
                        Lack.BUYER_EMAIL);
    }

    @Test
    void somebodyWithoutNumbersMayStillSellWhatIsNotSubjectToVat() {
        var bare = between(taxed(new Way(Treatment.NOT_REGISTERED, BigDecimal.ZERO)), NOBODY, NOBODY);

        assertThat(bare.lacks(Profile.EN_16931)).isEmpty();
        assertThat(Rules.facturX().brokenBy(Cii.of(bare, Profile.EN_16931))).isEmpty();
    }

    @Test
    void cannotSayThreeDecimals() {
        var it = SomeInvoices.domestic();
        var dinars = but(it, Currency.getInstance("KWD"), it.taxes());

        assertThat(dinars.lacks(Profile.EN_16931)).containsExactly(Lack.CURRENCY);
    }

    @Test
    void refusesALineThatIsTaxedAsNoPart() {
        var it = SomeInvoices.domestic();

        assertThatThrownBy(() -> but(it, it.currency(), List.of())).hasMessageContaining("taxed as no part");
    }

    @Test
    void aSpanGrowsToBothSides() {
        var day = new Span(LocalDate.of(2026, 9, 30), LocalDate.of(2026, 9, 30));

        assertThat(SomeInvoices.OCTOBER.with(day)).isEqualTo(new Span(day.from(), SomeInvoices.OCTOBER.to()));
        assertThat(day.with(SomeInvoices.OCTOBER)).isEqualTo(new Span(day.from(), SomeInvoices.OCTOBER.to()));
    }

    /** The same in another currency, or with other taxes. */
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

    private static EInvoice taxed(Way way) {
        return SomeInvoices.of(
                Kind.INVOICE, SomeInvoices.PAID, "", List.of(SomeInvoices.hours(1, "744", "0.05", "37.2", way)));
    }

    private static EInvoice with(EInvoice it, EInvoice.Payment payment) {
        return SomeInvoices.of(it.kind(), payment, it.reference(), it.lines());
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
        return new String(Cii.of(it, Profile.EN_16931), StandardCharsets.UTF_8);
    }
}
