package io.tenantry.einvoice;

import io.tenantry.einvoice.EInvoice.Kind;
import io.tenantry.einvoice.EInvoice.Party;
import io.tenantry.einvoice.EInvoice.Span;
import io.tenantry.einvoice.Figures.LineFigure;
import java.math.BigDecimal;
import java.util.Map;

/** Writes a document in the Universal Business Language 2.1, the other syntax of XRechnung. Credit notes are a document of their own there. */
public final class Ubl {
    private static final String INVOICE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
    private static final String CREDIT_NOTE = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";
    private static final String AGGREGATES = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    private static final String BASICS = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
    private static final String ID = "cbc:ID";
    private static final String NAME = "cbc:Name";
    private static final String SCHEME = "schemeID";
    private static final String CURRENCY = "currencyID";
    private static final String COMPANY = "cbc:CompanyID";

    private final Xml xml;
    private final EInvoice it;
    private final Profile profile;
    private final Figures figures;

    private Ubl(EInvoice it, Profile profile) {
        this.it = it;
        this.profile = profile;
        this.figures = Figures.of(it);
        this.xml = new Xml(Map.of("", isInvoice() ? INVOICE : CREDIT_NOTE, "cac", AGGREGATES, "cbc", BASICS));
    }

    /** The document; the same for the same. */
    public static byte[] of(EInvoice it, Profile profile) {
        return new Ubl(it, profile).write();
    }

    private boolean isInvoice() {
        return it.kind() != Kind.CREDIT_NOTE;
    }

    private byte[] write() {
        return xml.document(isInvoice() ? "Invoice" : "CreditNote", () -> {
            head();
            span(it.period());
            it.corrects()
                    .ifPresent(number -> xml.in(
                            "cac:BillingReference",
                            () -> xml.in("cac:InvoiceDocumentReference", () -> xml.text(ID, number))));
            xml.in("cac:AccountingSupplierParty", () -> xml.in("cac:Party", () -> seller(it.seller())));
            xml.in("cac:AccountingCustomerParty", () -> xml.in("cac:Party", () -> buyer(it.buyer())));
            xml.in("cac:PaymentMeans", this::means);
            xml.in("cac:PaymentTerms", () -> xml.text("cbc:Note", it.payment().terms()));
            xml.in("cac:TaxTotal", this::taxes);
            figures.told()
                    .ifPresent(one -> xml.in(
                            "cac:TaxTotal",
                            () -> xml.number(
                                    "cbc:TaxAmount",
                                    one.tax(),
                                    CURRENCY,
                                    one.currency().getCurrencyCode())));
            xml.in("cac:LegalMonetaryTotal", this::totals);
            figures.lines()
                    .forEach(figure ->
                            xml.in(isInvoice() ? "cac:InvoiceLine" : "cac:CreditNoteLine", () -> line(figure)));
        });
    }

    private void head() {
        xml.text("cbc:CustomizationID", profile.specification());
        if (profile == Profile.XRECHNUNG) {
            xml.text("cbc:ProfileID", Profile.PROCESS);
        }
        xml.text(ID, it.number());
        xml.text("cbc:IssueDate", it.issuedOn().toString());
        it.payment().dueOn().ifPresent(last -> xml.text("cbc:DueDate", last.toString()));
        xml.text(
                isInvoice() ? "cbc:InvoiceTypeCode" : "cbc:CreditNoteTypeCode",
                it.kind().code());
        it.notes().forEach(note -> xml.text("cbc:Note", noted(note)));
        xml.text("cbc:DocumentCurrencyCode", it.currency().getCurrencyCode());
        figures.told()
                .ifPresent(one -> xml.text("cbc:TaxCurrencyCode", one.currency().getCurrencyCode()));
        xml.text("cbc:BuyerReference", it.referenceFor(profile));
    }

    /** Between number signs there is a subject code (BT-21), which a text that has some must not seem to be: this one is of general information. */
    private static String noted(String note) {
        return note.contains("#") ? "#AAI#" + note : note;
    }

    private void seller(Party party) {
        reached(party);
        identified(it.sellerId());
        place(party);
        numbers(party);
        xml.in("cac:PartyLegalEntity", () -> {
            xml.text("cbc:RegistrationName", party.name());
            xml.text(COMPANY, party.register());
        });
        if (profile == Profile.XRECHNUNG) {
            xml.in("cac:Contact", () -> {
                xml.text(NAME, party.name());
                xml.text("cbc:Telephone", party.phone());
                xml.text("cbc:ElectronicMail", party.email());
            });
        }
    }

    private void buyer(Party party) {
        reached(party);
        identified(party.id());
        place(party);
        numbers(party);
        xml.in("cac:PartyLegalEntity", () -> xml.text("cbc:RegistrationName", party.name()));
    }

    private void reached(Party party) {
        xml.text("cbc:EndpointID", party.email(), SCHEME, Figures.EMAIL);
    }

    private void identified(String id) {
        if (!id.isEmpty()) {
            xml.in("cac:PartyIdentification", () -> xml.text(ID, id));
        }
    }

    private void place(Party party) {
        xml.in("cac:PostalAddress", () -> {
            xml.text("cbc:StreetName", party.street());
            xml.text("cbc:CityName", party.city());
            xml.text("cbc:PostalZone", party.postcode());
            xml.in("cac:Country", () -> xml.text("cbc:IdentificationCode", party.country()));
        });
    }

    private void numbers(Party party) {
        registration(it.isOutside() ? "" : party.vatNumber(), "VAT");
        registration(party.taxNumber(), "FC");
    }

    private void registration(String number, String scheme) {
        if (!number.isEmpty()) {
            xml.in("cac:PartyTaxScheme", () -> {
                xml.text(COMPANY, number);
                xml.in("cac:TaxScheme", () -> xml.text(ID, scheme));
            });
        }
    }

    private void means() {
        var means = it.payment().means(it.currency());
        xml.text("cbc:PaymentMeansCode", means.code());
        if (means == Means.BALANCE) {
            return;
        }
        xml.in("cac:PayeeFinancialAccount", () -> {
            xml.text(ID, it.payment().iban());
            xml.text(NAME, it.seller().name());
            if (!it.payment().bic().isEmpty()) {
                xml.in(
                        "cac:FinancialInstitutionBranch",
                        () -> xml.text(ID, it.payment().bic()));
            }
        });
    }

    private void taxes() {
        amount("cbc:TaxAmount", figures.tax());
        for (var part : figures.parts()) {
            xml.in("cac:TaxSubtotal", () -> {
                amount("cbc:TaxableAmount", part.base());
                amount("cbc:TaxAmount", part.tax());
                xml.in("cac:TaxCategory", () -> {
                    xml.text(ID, part.category().code());
                    rate(part.category().isRated() || profile.isRateOfAll(), part.percent());
                    xml.text("cbc:TaxExemptionReasonCode", part.category().reasonCode());
                    xml.text("cbc:TaxExemptionReason", part.category().isReasoned() ? part.reason() : "");
                    scheme();
                });
            });
        }
    }

    private void totals() {
        amount("cbc:LineExtensionAmount", figures.net());
        amount("cbc:TaxExclusiveAmount", figures.net());
        amount("cbc:TaxInclusiveAmount", figures.total());
        amount("cbc:PrepaidAmount", figures.paid());
        amount("cbc:PayableAmount", figures.due());
    }

    private void line(LineFigure figure) {
        var line = figure.line();
        xml.text(ID, Integer.toString(line.position()));
        xml.number(
                isInvoice() ? "cbc:InvoicedQuantity" : "cbc:CreditedQuantity",
                figure.quantity(),
                "unitCode",
                line.unit().code());
        amount("cbc:LineExtensionAmount", figure.net());
        span(line.days());
        difference("false", figure.allowance(), Figures.ALLOWANCE);
        difference("true", figure.charge(), Figures.CHARGE);
        xml.in("cac:Item", () -> {
            xml.text("cbc:Description", line.description());
            xml.text(NAME, line.name());
            xml.in("cac:ClassifiedTaxCategory", () -> {
                xml.text(ID, figure.category().code());
                rate(figure.category().isRated(), line.way().percent());
                scheme();
            });
        });
        xml.in("cac:Price", () -> amount("cbc:PriceAmount", figure.price()));
    }

    private void difference(String isCharge, BigDecimal amount, String reasonCode) {
        if (amount.signum() == 0) {
            return;
        }
        xml.in("cac:AllowanceCharge", () -> {
            xml.text("cbc:ChargeIndicator", isCharge);
            xml.text("cbc:AllowanceChargeReasonCode", reasonCode);
            amount("cbc:Amount", amount);
        });
    }

    private void rate(boolean isSaid, BigDecimal percent) {
        if (isSaid) {
            xml.number("cbc:Percent", percent);
        }
    }

    private void scheme() {
        xml.in("cac:TaxScheme", () -> xml.text(ID, "VAT"));
    }

    private void span(Span days) {
        xml.in("cac:InvoicePeriod", () -> {
            xml.text("cbc:StartDate", days.from().toString());
            xml.text("cbc:EndDate", days.to().toString());
        });
    }

    private void amount(String name, BigDecimal amount) {
        xml.number(name, amount, CURRENCY, it.currency().getCurrencyCode());
    }
}
