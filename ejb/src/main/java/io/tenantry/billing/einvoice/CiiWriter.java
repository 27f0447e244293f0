package io.tenantry.billing.einvoice;

import io.tenantry.billing.einvoice.EInvoice.InvoicingPeriod;
import io.tenantry.billing.einvoice.EInvoice.Party;
import io.tenantry.billing.einvoice.InvoiceTotals.LineFigure;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** Writes a document as a Cross Industry Invoice (UN/CEFACT D16B), the syntax of Factur-X and one of the two of XRechnung. */
public final class CiiWriter {
    private static final Map<String, String> NAMESPACES = Map.of(
            "rsm", "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
            "ram", "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
            "udt", "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100");

    /** Date format without separators (UNTDID 2379). */
    private static final String DAY = "102";

    private static final String ID = "ram:ID";
    private static final String SCHEME = "schemeID";
    private static final String CODE = "ram:TypeCode";

    private final XmlWriter xmlWriter = new XmlWriter(NAMESPACES);
    private final EInvoice it;
    private final Profile profile;
    private final InvoiceTotals invoiceTotals;

    private CiiWriter(EInvoice it, Profile profile) {
        this.it = it;
        this.profile = profile;
        this.invoiceTotals = InvoiceTotals.of(it);
    }

    /** Returns the document; deterministic for the same input. */
    public static byte[] of(EInvoice it, Profile profile) {
        return new CiiWriter(it, profile).write();
    }

    private byte[] write() {
        return xmlWriter.document("rsm:CrossIndustryInvoice", () -> {
            context();
            head();
            xmlWriter.in("rsm:SupplyChainTradeTransaction", () -> {
                invoiceTotals.lines().forEach(this::line);
                xmlWriter.in("ram:ApplicableHeaderTradeAgreement", this::agreement);
                xmlWriter.in("ram:ApplicableHeaderTradeDelivery", this::delivery);
                xmlWriter.in("ram:ApplicableHeaderTradeSettlement", this::settlement);
            });
        });
    }

    private void context() {
        xmlWriter.in("rsm:ExchangedDocumentContext", () -> {
            if (profile == Profile.XRECHNUNG) {
                xmlWriter.in(
                        "ram:BusinessProcessSpecifiedDocumentContextParameter",
                        () -> xmlWriter.text(ID, Profile.PROCESS));
            }
            xmlWriter.in(
                    "ram:GuidelineSpecifiedDocumentContextParameter",
                    () -> xmlWriter.text(ID, profile.specification()));
        });
    }

    private void head() {
        xmlWriter.in("rsm:ExchangedDocument", () -> {
            xmlWriter.text(ID, it.number());
            xmlWriter.text(CODE, it.kind().code());
            day("ram:IssueDateTime", it.issuedOn());
            for (var note : it.notes()) {
                xmlWriter.in("ram:IncludedNote", () -> xmlWriter.text("ram:Content", note));
            }
        });
    }

    private void line(LineFigure figure) {
        var line = figure.line();
        xmlWriter.in("ram:IncludedSupplyChainTradeLineItem", () -> {
            xmlWriter.in(
                    "ram:AssociatedDocumentLineDocument",
                    () -> xmlWriter.text("ram:LineID", Integer.toString(line.position())));
            xmlWriter.in("ram:SpecifiedTradeProduct", () -> {
                xmlWriter.text("ram:Name", line.name());
                xmlWriter.text("ram:Description", line.description());
            });
            xmlWriter.in(
                    "ram:SpecifiedLineTradeAgreement",
                    () -> xmlWriter.in(
                            "ram:NetPriceProductTradePrice",
                            () -> xmlWriter.number("ram:ChargeAmount", figure.price())));
            xmlWriter.in(
                    "ram:SpecifiedLineTradeDelivery",
                    () -> xmlWriter.number(
                            "ram:BilledQuantity",
                            figure.quantity(),
                            "unitCode",
                            line.unit().code()));
            xmlWriter.in("ram:SpecifiedLineTradeSettlement", () -> {
                xmlWriter.in("ram:ApplicableTradeTax", () -> {
                    xmlWriter.text(CODE, "VAT");
                    xmlWriter.text("ram:CategoryCode", figure.category().code());
                    rate(figure.category().isRated(), line.way().percent());
                });
                span(line.days());
                difference("false", figure.allowance(), InvoiceTotals.ALLOWANCE);
                difference("true", figure.charge(), InvoiceTotals.CHARGE);
                xmlWriter.in(
                        "ram:SpecifiedTradeSettlementLineMonetarySummation",
                        () -> xmlWriter.number("ram:LineTotalAmount", figure.net()));
            });
        });
    }

    private void difference(String isCharge, BigDecimal amount, String reasonCode) {
        if (amount.signum() == 0) {
            return;
        }
        xmlWriter.in("ram:SpecifiedTradeAllowanceCharge", () -> {
            xmlWriter.in("ram:ChargeIndicator", () -> xmlWriter.text("udt:Indicator", isCharge));
            xmlWriter.number("ram:ActualAmount", amount);
            xmlWriter.text("ram:ReasonCode", reasonCode);
        });
    }

    private void agreement() {
        xmlWriter.text("ram:BuyerReference", it.referenceFor(profile));
        xmlWriter.in("ram:SellerTradeParty", () -> seller(it.seller()));
        xmlWriter.in("ram:BuyerTradeParty", () -> buyer(it.buyer()));
    }

    private void seller(Party party) {
        xmlWriter.text(ID, it.sellerId());
        xmlWriter.text("ram:Name", party.name());
        legal(party);
        if (profile == Profile.XRECHNUNG) {
            xmlWriter.in("ram:DefinedTradeContact", () -> {
                xmlWriter.text("ram:PersonName", party.name());
                xmlWriter.in(
                        "ram:TelephoneUniversalCommunication",
                        () -> xmlWriter.text("ram:CompleteNumber", party.phone()));
                xmlWriter.in("ram:EmailURIUniversalCommunication", () -> xmlWriter.text("ram:URIID", party.email()));
            });
        }
        place(party);
        numbers(party);
    }

    private void buyer(Party party) {
        xmlWriter.text(ID, party.id());
        xmlWriter.text("ram:Name", party.name());
        place(party);
        numbers(party);
    }

    private void legal(Party party) {
        if (!party.register().isEmpty()) {
            xmlWriter.in("ram:SpecifiedLegalOrganization", () -> xmlWriter.text(ID, party.register()));
        }
    }

    private void place(Party party) {
        xmlWriter.in("ram:PostalTradeAddress", () -> {
            xmlWriter.text("ram:PostcodeCode", party.postcode());
            xmlWriter.text("ram:LineOne", party.street());
            xmlWriter.text("ram:CityName", party.city());
            xmlWriter.text("ram:CountryID", party.country());
        });
        if (!party.email().isEmpty()) {
            xmlWriter.in(
                    "ram:URIUniversalCommunication",
                    () -> xmlWriter.text("ram:URIID", party.email(), SCHEME, InvoiceTotals.EMAIL));
        }
    }

    private void numbers(Party party) {
        registration(it.isOutside() ? "" : party.vatNumber(), "VA");
        registration(party.taxNumber(), "FC");
    }

    private void registration(String number, String scheme) {
        if (!number.isEmpty()) {
            xmlWriter.in("ram:SpecifiedTaxRegistration", () -> xmlWriter.text(ID, number, SCHEME, scheme));
        }
    }

    /**
     * The country of delivery (BT-80): the buyer's. Factur-X requires it between parties in Germany (BR-FX-EN-04). XRechnung requires a whole
     * address with it (BR-DE-10, BR-DE-11), but does not require the country.
     */
    private void delivery() {
        if (profile != Profile.XRECHNUNG) {
            xmlWriter.in(
                    "ram:ShipToTradeParty",
                    () -> xmlWriter.in(
                            "ram:PostalTradeAddress",
                            () -> xmlWriter.text("ram:CountryID", it.buyer().country())));
        }
    }

    private void settlement() {
        invoiceTotals
                .taxCurrencyTotals()
                .ifPresent(one ->
                        xmlWriter.text("ram:TaxCurrencyCode", one.currency().getCurrencyCode()));
        xmlWriter.text("ram:InvoiceCurrencyCode", it.currency().getCurrencyCode());
        xmlWriter.in("ram:SpecifiedTradeSettlementPaymentMeans", this::means);
        invoiceTotals.parts().forEach(this::part);
        span(it.period());
        xmlWriter.in("ram:SpecifiedTradePaymentTerms", () -> {
            xmlWriter.text("ram:Description", it.payment().terms());
            it.payment().dueOn().ifPresent(last -> day("ram:DueDateDateTime", last));
        });
        xmlWriter.in("ram:SpecifiedTradeSettlementHeaderMonetarySummation", () -> {
            xmlWriter.number("ram:LineTotalAmount", invoiceTotals.net());
            xmlWriter.number("ram:TaxBasisTotalAmount", invoiceTotals.net());
            xmlWriter.number(
                    "ram:TaxTotalAmount",
                    invoiceTotals.tax(),
                    "currencyID",
                    it.currency().getCurrencyCode());
            invoiceTotals
                    .taxCurrencyTotals()
                    .ifPresent(one -> xmlWriter.number(
                            "ram:TaxTotalAmount",
                            one.tax(),
                            "currencyID",
                            one.currency().getCurrencyCode()));
            xmlWriter.number("ram:GrandTotalAmount", invoiceTotals.total());
            xmlWriter.number("ram:TotalPrepaidAmount", invoiceTotals.paid());
            xmlWriter.number("ram:DuePayableAmount", invoiceTotals.due());
        });
        it.corrects()
                .ifPresent(number -> xmlWriter.in(
                        "ram:InvoiceReferencedDocument", () -> xmlWriter.text("ram:IssuerAssignedID", number)));
    }

    private void means() {
        var paymentMeans = it.payment().means(it.currency());
        xmlWriter.text(CODE, paymentMeans.code());
        if (paymentMeans == PaymentMeans.BALANCE) {
            return;
        }
        xmlWriter.in("ram:PayeePartyCreditorFinancialAccount", () -> {
            xmlWriter.text("ram:IBANID", it.payment().iban());
            xmlWriter.text("ram:AccountName", it.seller().name());
        });
        if (!it.payment().bic().isEmpty()) {
            xmlWriter.in(
                    "ram:PayeeSpecifiedCreditorFinancialInstitution",
                    () -> xmlWriter.text("ram:BICID", it.payment().bic()));
        }
    }

    private void part(InvoiceTotals.Part part) {
        xmlWriter.in("ram:ApplicableTradeTax", () -> {
            xmlWriter.number("ram:CalculatedAmount", part.tax());
            xmlWriter.text(CODE, "VAT");
            xmlWriter.text("ram:ExemptionReason", part.category().isReasoned() ? part.reason() : "");
            xmlWriter.number("ram:BasisAmount", part.base());
            xmlWriter.text("ram:CategoryCode", part.category().code());
            xmlWriter.text("ram:ExemptionReasonCode", part.category().reasonCode());
            rate(part.category().isRated() || profile.isRateOfAll(), part.percent());
        });
    }

    private void rate(boolean isStated, BigDecimal percent) {
        if (isStated) {
            xmlWriter.number("ram:RateApplicablePercent", percent);
        }
    }

    private void span(InvoicingPeriod days) {
        xmlWriter.in("ram:BillingSpecifiedPeriod", () -> {
            day("ram:StartDateTime", days.from());
            day("ram:EndDateTime", days.to());
        });
    }

    private void day(String name, LocalDate day) {
        xmlWriter.in(
                name,
                () -> xmlWriter.text(
                        "udt:DateTimeString", DateTimeFormatter.BASIC_ISO_DATE.format(day), "format", DAY));
    }
}
