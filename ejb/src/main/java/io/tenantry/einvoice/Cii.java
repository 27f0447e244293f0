package io.tenantry.einvoice;

import io.tenantry.einvoice.EInvoice.Party;
import io.tenantry.einvoice.EInvoice.Span;
import io.tenantry.einvoice.Figures.LineFigure;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** Writes a document as a Cross Industry Invoice (UN/CEFACT D16B), the syntax of Factur-X and one of the two of XRechnung. */
public final class Cii {
    private static final Map<String, String> NAMESPACES = Map.of(
            "rsm", "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
            "ram", "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
            "udt", "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100");

    /** A day without anything between its parts (UNTDID 2379). */
    private static final String DAY = "102";

    private static final String ID = "ram:ID";
    private static final String SCHEME = "schemeID";
    private static final String CODE = "ram:TypeCode";

    private final Xml xml = new Xml(NAMESPACES);
    private final EInvoice it;
    private final Profile profile;
    private final Figures figures;

    private Cii(EInvoice it, Profile profile) {
        this.it = it;
        this.profile = profile;
        this.figures = Figures.of(it);
    }

    /** The document; the same for the same. */
    public static byte[] of(EInvoice it, Profile profile) {
        return new Cii(it, profile).write();
    }

    private byte[] write() {
        return xml.document("rsm:CrossIndustryInvoice", () -> {
            context();
            head();
            xml.in("rsm:SupplyChainTradeTransaction", () -> {
                figures.lines().forEach(this::line);
                xml.in("ram:ApplicableHeaderTradeAgreement", this::agreement);
                xml.in("ram:ApplicableHeaderTradeDelivery", () -> {});
                xml.in("ram:ApplicableHeaderTradeSettlement", this::settlement);
            });
        });
    }

    private void context() {
        xml.in("rsm:ExchangedDocumentContext", () -> {
            if (profile == Profile.XRECHNUNG) {
                xml.in("ram:BusinessProcessSpecifiedDocumentContextParameter", () -> xml.text(ID, Profile.PROCESS));
            }
            xml.in("ram:GuidelineSpecifiedDocumentContextParameter", () -> xml.text(ID, profile.specification()));
        });
    }

    private void head() {
        xml.in("rsm:ExchangedDocument", () -> {
            xml.text(ID, it.number());
            xml.text(CODE, it.kind().code());
            day("ram:IssueDateTime", it.issuedOn());
            for (var note : it.notes()) {
                xml.in("ram:IncludedNote", () -> xml.text("ram:Content", note));
            }
        });
    }

    private void line(LineFigure figure) {
        var line = figure.line();
        xml.in("ram:IncludedSupplyChainTradeLineItem", () -> {
            xml.in(
                    "ram:AssociatedDocumentLineDocument",
                    () -> xml.text("ram:LineID", Integer.toString(line.position())));
            xml.in("ram:SpecifiedTradeProduct", () -> {
                xml.text("ram:Name", line.name());
                xml.text("ram:Description", line.description());
            });
            xml.in(
                    "ram:SpecifiedLineTradeAgreement",
                    () -> xml.in(
                            "ram:NetPriceProductTradePrice", () -> xml.number("ram:ChargeAmount", figure.price())));
            xml.in(
                    "ram:SpecifiedLineTradeDelivery",
                    () -> xml.number(
                            "ram:BilledQuantity",
                            figure.quantity(),
                            "unitCode",
                            line.unit().code()));
            xml.in("ram:SpecifiedLineTradeSettlement", () -> {
                xml.in("ram:ApplicableTradeTax", () -> {
                    xml.text(CODE, "VAT");
                    xml.text("ram:CategoryCode", figure.category().code());
                    rate(figure.category().isRated(), line.way().percent());
                });
                span(line.days());
                difference("false", figure.allowance(), Figures.ALLOWANCE);
                difference("true", figure.charge(), Figures.CHARGE);
                xml.in(
                        "ram:SpecifiedTradeSettlementLineMonetarySummation",
                        () -> xml.number("ram:LineTotalAmount", figure.net()));
            });
        });
    }

    private void difference(String isCharge, BigDecimal amount, String reasonCode) {
        if (amount.signum() == 0) {
            return;
        }
        xml.in("ram:SpecifiedTradeAllowanceCharge", () -> {
            xml.in("ram:ChargeIndicator", () -> xml.text("udt:Indicator", isCharge));
            xml.number("ram:ActualAmount", amount);
            xml.text("ram:ReasonCode", reasonCode);
        });
    }

    private void agreement() {
        xml.text("ram:BuyerReference", it.referenceFor(profile));
        xml.in("ram:SellerTradeParty", () -> seller(it.seller()));
        xml.in("ram:BuyerTradeParty", () -> buyer(it.buyer()));
    }

    private void seller(Party party) {
        xml.text(ID, it.sellerId());
        xml.text("ram:Name", party.name());
        legal(party);
        if (profile == Profile.XRECHNUNG) {
            xml.in("ram:DefinedTradeContact", () -> {
                xml.text("ram:PersonName", party.name());
                xml.in("ram:TelephoneUniversalCommunication", () -> xml.text("ram:CompleteNumber", party.phone()));
                xml.in("ram:EmailURIUniversalCommunication", () -> xml.text("ram:URIID", party.email()));
            });
        }
        place(party);
        numbers(party);
    }

    private void buyer(Party party) {
        xml.text(ID, party.id());
        xml.text("ram:Name", party.name());
        place(party);
        numbers(party);
    }

    private void legal(Party party) {
        if (!party.register().isEmpty()) {
            xml.in("ram:SpecifiedLegalOrganization", () -> xml.text(ID, party.register()));
        }
    }

    private void place(Party party) {
        xml.in("ram:PostalTradeAddress", () -> {
            xml.text("ram:PostcodeCode", party.postcode());
            xml.text("ram:LineOne", party.street());
            xml.text("ram:CityName", party.city());
            xml.text("ram:CountryID", party.country());
        });
        if (!party.email().isEmpty()) {
            xml.in("ram:URIUniversalCommunication", () -> xml.text("ram:URIID", party.email(), SCHEME, Figures.EMAIL));
        }
    }

    private void numbers(Party party) {
        registration(it.isOutside() ? "" : party.vatNumber(), "VA");
        registration(party.taxNumber(), "FC");
    }

    private void registration(String number, String scheme) {
        if (!number.isEmpty()) {
            xml.in("ram:SpecifiedTaxRegistration", () -> xml.text(ID, number, SCHEME, scheme));
        }
    }

    private void settlement() {
        figures.told()
                .ifPresent(one -> xml.text("ram:TaxCurrencyCode", one.currency().getCurrencyCode()));
        xml.text("ram:InvoiceCurrencyCode", it.currency().getCurrencyCode());
        xml.in("ram:SpecifiedTradeSettlementPaymentMeans", this::means);
        figures.parts().forEach(this::part);
        span(it.period());
        xml.in("ram:SpecifiedTradePaymentTerms", () -> {
            xml.text("ram:Description", it.payment().terms());
            it.payment().dueOn().ifPresent(last -> day("ram:DueDateDateTime", last));
        });
        xml.in("ram:SpecifiedTradeSettlementHeaderMonetarySummation", () -> {
            xml.number("ram:LineTotalAmount", figures.net());
            xml.number("ram:TaxBasisTotalAmount", figures.net());
            xml.number(
                    "ram:TaxTotalAmount",
                    figures.tax(),
                    "currencyID",
                    it.currency().getCurrencyCode());
            figures.told()
                    .ifPresent(one -> xml.number(
                            "ram:TaxTotalAmount",
                            one.tax(),
                            "currencyID",
                            one.currency().getCurrencyCode()));
            xml.number("ram:GrandTotalAmount", figures.total());
            xml.number("ram:TotalPrepaidAmount", figures.paid());
            xml.number("ram:DuePayableAmount", figures.due());
        });
        it.corrects()
                .ifPresent(number ->
                        xml.in("ram:InvoiceReferencedDocument", () -> xml.text("ram:IssuerAssignedID", number)));
    }

    private void means() {
        var means = it.payment().means(it.currency());
        xml.text(CODE, means.code());
        if (means == Means.BALANCE) {
            return;
        }
        xml.in("ram:PayeePartyCreditorFinancialAccount", () -> {
            xml.text("ram:IBANID", it.payment().iban());
            xml.text("ram:AccountName", it.seller().name());
        });
        if (!it.payment().bic().isEmpty()) {
            xml.in(
                    "ram:PayeeSpecifiedCreditorFinancialInstitution",
                    () -> xml.text("ram:BICID", it.payment().bic()));
        }
    }

    private void part(Figures.Part part) {
        xml.in("ram:ApplicableTradeTax", () -> {
            xml.number("ram:CalculatedAmount", part.tax());
            xml.text(CODE, "VAT");
            xml.text("ram:ExemptionReason", part.category().isReasoned() ? part.reason() : "");
            xml.number("ram:BasisAmount", part.base());
            xml.text("ram:CategoryCode", part.category().code());
            xml.text("ram:ExemptionReasonCode", part.category().reasonCode());
            rate(part.category().isRated() || profile.isRateOfAll(), part.percent());
        });
    }

    private void rate(boolean isSaid, BigDecimal percent) {
        if (isSaid) {
            xml.number("ram:RateApplicablePercent", percent);
        }
    }

    private void span(Span days) {
        xml.in("ram:BillingSpecifiedPeriod", () -> {
            day("ram:StartDateTime", days.from());
            day("ram:EndDateTime", days.to());
        });
    }

    private void day(String name, LocalDate day) {
        xml.in(name, () -> xml.text("udt:DateTimeString", DateTimeFormatter.BASIC_ISO_DATE.format(day), "format", DAY));
    }
}
