package io.tenantry.billing.einvoice;

import io.tenantry.billing.einvoice.EInvoice.InvoicingPeriod;
import io.tenantry.billing.einvoice.EInvoice.Kind;
import io.tenantry.billing.einvoice.EInvoice.Party;
import io.tenantry.billing.einvoice.InvoiceTotals.LineFigure;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Writes a document in the Universal Business Language 2.1, the other syntax of XRechnung, in which credit notes are a separate document type.
 */
public final class UblWriter {
    private static final String INVOICE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
    private static final String CREDIT_NOTE = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";
    private static final String AGGREGATES = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    private static final String BASICS = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
    private static final String ID = "cbc:ID";
    private static final String NAME = "cbc:Name";
    private static final String SCHEME = "schemeID";
    private static final String CURRENCY = "currencyID";
    private static final String COMPANY = "cbc:CompanyID";

    private final XmlWriter xmlWriter;
    private final EInvoice it;
    private final Profile profile;
    private final InvoiceTotals invoiceTotals;

    private UblWriter(EInvoice it, Profile profile) {
        this.it = it;
        this.profile = profile;
        this.invoiceTotals = InvoiceTotals.of(it);
        this.xmlWriter =
                new XmlWriter(Map.of("", isInvoice() ? INVOICE : CREDIT_NOTE, "cac", AGGREGATES, "cbc", BASICS));
    }

    /** Returns the document; deterministic for the same input. */
    public static byte[] of(EInvoice it, Profile profile) {
        return new UblWriter(it, profile).write();
    }

    private boolean isInvoice() {
        return it.kind() != Kind.CREDIT_NOTE;
    }

    private byte[] write() {
        return xmlWriter.document(isInvoice() ? "Invoice" : "CreditNote", () -> {
            head();
            span(it.period());
            it.corrects()
                    .ifPresent(number -> xmlWriter.in(
                            "cac:BillingReference",
                            () -> xmlWriter.in("cac:InvoiceDocumentReference", () -> xmlWriter.text(ID, number))));
            xmlWriter.in("cac:AccountingSupplierParty", () -> xmlWriter.in("cac:Party", () -> seller(it.seller())));
            xmlWriter.in("cac:AccountingCustomerParty", () -> xmlWriter.in("cac:Party", () -> buyer(it.buyer())));
            xmlWriter.in("cac:PaymentMeans", this::means);
            xmlWriter.in(
                    "cac:PaymentTerms",
                    () -> xmlWriter.text("cbc:Note", it.payment().terms()));
            xmlWriter.in("cac:TaxTotal", this::taxes);
            invoiceTotals
                    .taxCurrencyTotals()
                    .ifPresent(one -> xmlWriter.in(
                            "cac:TaxTotal",
                            () -> xmlWriter.number(
                                    "cbc:TaxAmount",
                                    one.tax(),
                                    CURRENCY,
                                    one.currency().getCurrencyCode())));
            xmlWriter.in("cac:LegalMonetaryTotal", this::totals);
            invoiceTotals
                    .lines()
                    .forEach(figure ->
                            xmlWriter.in(isInvoice() ? "cac:InvoiceLine" : "cac:CreditNoteLine", () -> line(figure)));
        });
    }

    private void head() {
        xmlWriter.text("cbc:CustomizationID", profile.specification());
        if (profile == Profile.XRECHNUNG) {
            xmlWriter.text("cbc:ProfileID", Profile.PROCESS);
        }
        xmlWriter.text(ID, it.number());
        xmlWriter.text("cbc:IssueDate", it.issuedOn().toString());
        it.payment().dueOn().ifPresent(last -> xmlWriter.text("cbc:DueDate", last.toString()));
        xmlWriter.text(
                isInvoice() ? "cbc:InvoiceTypeCode" : "cbc:CreditNoteTypeCode",
                it.kind().code());
        it.notes().forEach(note -> xmlWriter.text("cbc:Note", noted(note)));
        xmlWriter.text("cbc:DocumentCurrencyCode", it.currency().getCurrencyCode());
        invoiceTotals
                .taxCurrencyTotals()
                .ifPresent(one ->
                        xmlWriter.text("cbc:TaxCurrencyCode", one.currency().getCurrencyCode()));
        xmlWriter.text("cbc:BuyerReference", it.referenceFor(profile));
    }

    /**
     * A note may start with a subject code between number signs (BT-21). So that a text with number signs is not mistaken for one, it gets the
     * code for general information.
     */
    private static String noted(String note) {
        return note.contains("#") ? "#AAI#" + note : note;
    }

    private void seller(Party party) {
        reached(party);
        identified(it.sellerId());
        place(party);
        numbers(party);
        xmlWriter.in("cac:PartyLegalEntity", () -> {
            xmlWriter.text("cbc:RegistrationName", party.name());
            xmlWriter.text(COMPANY, party.register());
        });
        if (profile == Profile.XRECHNUNG) {
            xmlWriter.in("cac:Contact", () -> {
                xmlWriter.text(NAME, party.name());
                xmlWriter.text("cbc:Telephone", party.phone());
                xmlWriter.text("cbc:ElectronicMail", party.email());
            });
        }
    }

    private void buyer(Party party) {
        reached(party);
        identified(party.id());
        place(party);
        numbers(party);
        xmlWriter.in("cac:PartyLegalEntity", () -> xmlWriter.text("cbc:RegistrationName", party.name()));
    }

    private void reached(Party party) {
        xmlWriter.text("cbc:EndpointID", party.email(), SCHEME, InvoiceTotals.EMAIL);
    }

    private void identified(String id) {
        if (!id.isEmpty()) {
            xmlWriter.in("cac:PartyIdentification", () -> xmlWriter.text(ID, id));
        }
    }

    private void place(Party party) {
        xmlWriter.in("cac:PostalAddress", () -> {
            xmlWriter.text("cbc:StreetName", party.street());
            xmlWriter.text("cbc:CityName", party.city());
            xmlWriter.text("cbc:PostalZone", party.postcode());
            xmlWriter.in("cac:Country", () -> xmlWriter.text("cbc:IdentificationCode", party.country()));
        });
    }

    private void numbers(Party party) {
        registration(it.isOutside() ? "" : party.vatNumber(), "VAT");
        registration(party.taxNumber(), "FC");
    }

    private void registration(String number, String scheme) {
        if (!number.isEmpty()) {
            xmlWriter.in("cac:PartyTaxScheme", () -> {
                xmlWriter.text(COMPANY, number);
                xmlWriter.in("cac:TaxScheme", () -> xmlWriter.text(ID, scheme));
            });
        }
    }

    private void means() {
        var paymentMeans = it.payment().means(it.currency());
        xmlWriter.text("cbc:PaymentMeansCode", paymentMeans.code());
        if (paymentMeans == PaymentMeans.BALANCE) {
            return;
        }
        xmlWriter.in("cac:PayeeFinancialAccount", () -> {
            xmlWriter.text(ID, it.payment().iban());
            xmlWriter.text(NAME, it.seller().name());
            if (!it.payment().bic().isEmpty()) {
                xmlWriter.in(
                        "cac:FinancialInstitutionBranch",
                        () -> xmlWriter.text(ID, it.payment().bic()));
            }
        });
    }

    private void taxes() {
        amount("cbc:TaxAmount", invoiceTotals.tax());
        for (var part : invoiceTotals.parts()) {
            xmlWriter.in("cac:TaxSubtotal", () -> {
                amount("cbc:TaxableAmount", part.base());
                amount("cbc:TaxAmount", part.tax());
                xmlWriter.in("cac:TaxCategory", () -> {
                    xmlWriter.text(ID, part.category().code());
                    rate(part.category().isRated() || profile.isRateOfAll(), part.percent());
                    xmlWriter.text("cbc:TaxExemptionReasonCode", part.category().reasonCode());
                    xmlWriter.text("cbc:TaxExemptionReason", part.category().isReasoned() ? part.reason() : "");
                    scheme();
                });
            });
        }
    }

    private void totals() {
        amount("cbc:LineExtensionAmount", invoiceTotals.net());
        amount("cbc:TaxExclusiveAmount", invoiceTotals.net());
        amount("cbc:TaxInclusiveAmount", invoiceTotals.total());
        amount("cbc:PrepaidAmount", invoiceTotals.paid());
        amount("cbc:PayableAmount", invoiceTotals.due());
    }

    private void line(LineFigure figure) {
        var line = figure.line();
        xmlWriter.text(ID, Integer.toString(line.position()));
        xmlWriter.number(
                isInvoice() ? "cbc:InvoicedQuantity" : "cbc:CreditedQuantity",
                figure.quantity(),
                "unitCode",
                line.unit().code());
        amount("cbc:LineExtensionAmount", figure.net());
        span(line.days());
        difference("false", figure.allowance(), InvoiceTotals.ALLOWANCE);
        difference("true", figure.charge(), InvoiceTotals.CHARGE);
        xmlWriter.in("cac:Item", () -> {
            xmlWriter.text("cbc:Description", line.description());
            xmlWriter.text(NAME, line.name());
            xmlWriter.in("cac:ClassifiedTaxCategory", () -> {
                xmlWriter.text(ID, figure.category().code());
                rate(figure.category().isRated(), line.way().percent());
                scheme();
            });
        });
        xmlWriter.in("cac:Price", () -> amount("cbc:PriceAmount", figure.price()));
    }

    private void difference(String isCharge, BigDecimal amount, String reasonCode) {
        if (amount.signum() == 0) {
            return;
        }
        xmlWriter.in("cac:AllowanceCharge", () -> {
            xmlWriter.text("cbc:ChargeIndicator", isCharge);
            xmlWriter.text("cbc:AllowanceChargeReasonCode", reasonCode);
            amount("cbc:Amount", amount);
        });
    }

    private void rate(boolean isStated, BigDecimal percent) {
        if (isStated) {
            xmlWriter.number("cbc:Percent", percent);
        }
    }

    private void scheme() {
        xmlWriter.in("cac:TaxScheme", () -> xmlWriter.text(ID, "VAT"));
    }

    private void span(InvoicingPeriod days) {
        xmlWriter.in("cac:InvoicePeriod", () -> {
            xmlWriter.text("cbc:StartDate", days.from().toString());
            xmlWriter.text("cbc:EndDate", days.to().toString());
        });
    }

    private void amount(String name, BigDecimal amount) {
        xmlWriter.number(name, amount, CURRENCY, it.currency().getCurrencyCode());
    }
}
