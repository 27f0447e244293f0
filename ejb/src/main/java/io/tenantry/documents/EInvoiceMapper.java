package io.tenantry.documents;

import io.tenantry.billing.einvoice.EInvoice;
import io.tenantry.billing.einvoice.EInvoice.BankTransfer;
import io.tenantry.billing.einvoice.EInvoice.InvoicingPeriod;
import io.tenantry.billing.einvoice.EInvoice.Kind;
import io.tenantry.billing.einvoice.EInvoice.Party;
import io.tenantry.billing.einvoice.EInvoice.Payment;
import io.tenantry.billing.einvoice.EInvoice.Tax;
import io.tenantry.billing.einvoice.EInvoice.TaxCurrencyTotals;
import io.tenantry.billing.einvoice.EInvoice.Unit;
import io.tenantry.billing.invoicing.DocumentKind;
import io.tenantry.billing.invoicing.DocumentList;
import io.tenantry.billing.invoicing.InvoiceBuyer;
import io.tenantry.billing.invoicing.InvoiceQuery.Group;
import io.tenantry.billing.invoicing.InvoiceQuery.InvoiceDetails;
import io.tenantry.billing.invoicing.InvoiceReferences;
import io.tenantry.billing.invoicing.InvoiceSeller;
import io.tenantry.billing.invoicing.Invoicing.Line;
import io.tenantry.billing.invoicing.LineTax;
import io.tenantry.billing.tax.TaxTreatment;
import io.tenantry.documents.DocumentTemplate.Part;
import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Maps an issued document to an e-invoice. Independent of the database. */
final class EInvoiceMapper {
    /** Tax of lines without tax terms, because the reseller collected none when they were charged. */
    private static final BankTransfer UNTAXED = new BankTransfer(TaxTreatment.NOT_REGISTERED, BigDecimal.ZERO);

    private static final Duration HOUR = Duration.ofHours(1);

    private final DocumentTexts words;
    private final DocumentTemplate documentTemplate;

    EInvoiceMapper(DocumentTexts words, DocumentTemplate documentTemplate) {
        this.words = words;
        this.documentTemplate = documentTemplate;
    }

    /** Maps an invoice, a credit note or a debit note. */
    EInvoice of(
            DocumentList.InvoiceSummary invoiceSummary, InvoiceSeller invoiceSeller, InvoiceDetails invoiceDetails) {
        var month = month(invoiceDetails);
        var lines = lines(invoiceDetails, month.to());
        return new EInvoice(
                kind(invoiceSummary.kind()),
                invoiceSummary.number(),
                invoiceSummary.issuedAt().atZone(words.zone()).toLocalDate(),
                lines.stream().map(EInvoice.Line::days).reduce(month, InvoicingPeriod::with),
                seller(invoiceSeller),
                buyer(invoiceSummary, invoiceDetails.buyer()),
                invoiceDetails.buyer().reference(),
                invoiceDetails.corrections().corrects().map(InvoiceReferences.Reference::number),
                notes(invoiceSeller, invoiceDetails),
                new Payment(
                        isSettled(invoiceSummary),
                        invoiceSummary.prepaid().amount(),
                        terms(invoiceSummary),
                        invoiceSummary.dueOn(),
                        invoiceSeller.iban(),
                        invoiceSeller.bic()),
                invoiceDetails.total().currency(),
                lines,
                taxes(invoiceDetails),
                invoiceDetails.total().amount(),
                invoiceDetails
                        .rate()
                        .filter(rate -> !invoiceDetails.tax().isZero())
                        .map(rate -> new TaxCurrencyTotals(
                                rate.home(), rate.coins(invoiceDetails.tax()).amount())));
    }

    private static Kind kind(DocumentKind kind) {
        return switch (kind) {
            case INVOICE -> Kind.INVOICE;
            case CREDIT_NOTE -> Kind.CREDIT_NOTE;
            case DEBIT_NOTE -> Kind.DEBIT_NOTE;
            case PROFORMA -> throw new IllegalArgumentException("a proforma is not an e-invoice");
        };
    }

    /** Whether nothing was left to be paid when it was issued. Later payments do not change the document. */
    static boolean isSettled(DocumentList.InvoiceSummary invoiceSummary) {
        return invoiceSummary.dueAtIssue().isZero();
    }

    private static Party seller(InvoiceSeller invoiceSeller) {
        var at = invoiceSeller.address();
        return new Party(
                "",
                at.name(),
                at.street(),
                at.postcode(),
                at.city(),
                at.country(),
                invoiceSeller.vatNumber(),
                invoiceSeller.taxNumber(),
                invoiceSeller.register(),
                invoiceSeller.phone(),
                invoiceSeller.email());
    }

    private static Party buyer(DocumentList.InvoiceSummary invoiceSummary, InvoiceBuyer invoiceBuyer) {
        var at = invoiceBuyer.address();
        return new Party(
                invoiceSummary.organizationId().toString(),
                at.name(),
                at.street(),
                at.postcode(),
                at.city(),
                at.country(),
                invoiceBuyer.vatNumber(),
                "",
                "",
                "",
                invoiceBuyer.email());
    }

    /** Whether an amount of a document is still payable. */
    static boolean isToBePaid(DocumentList.InvoiceSummary invoiceSummary) {
        return invoiceSummary.kind() != DocumentKind.CREDIT_NOTE && !isSettled(invoiceSummary);
    }

    /** Returns the terms in one line: a separate line that starts with a number sign would be a discount in XRechnung. */
    private String terms(DocumentList.InvoiceSummary invoiceSummary) {
        var status = words.status(invoiceSummary, isSettled(invoiceSummary));
        var paymentText = isToBePaid(invoiceSummary) ? documentTemplate.text(words.locale(), Part.PAYMENT) : "";
        return paymentText.isEmpty() ? status : status + ". " + paymentText.replaceAll("\\s+", " ");
    }

    /** Returns all texts of the printed document, except those repeated on each page. */
    private List<String> notes(InvoiceSeller invoiceSeller, InvoiceDetails invoiceDetails) {
        var legal = documentTemplate.text(words.locale(), Part.LEGAL);
        return invoiceDetails.corrections().corrects().isPresent()
                ? List.of(invoiceDetails.corrections().reason(), legal)
                : List.of(
                        documentTemplate.text(words.locale(), Part.INTRODUCTION),
                        invoiceSeller.note(),
                        documentTemplate.text(words.locale(), Part.CLOSING),
                        legal);
    }

    private static InvoicingPeriod month(InvoiceDetails invoiceDetails) {
        var month = invoiceDetails.period().month();
        return new InvoicingPeriod(month.atDay(1), month.atEndOfMonth());
    }

    private List<EInvoice.Line> lines(InvoiceDetails invoiceDetails, LocalDate lastDay) {
        var lines = new ArrayList<EInvoice.Line>();
        for (var group : invoiceDetails.groups()) {
            for (var line : group.lines()) {
                lines.add(line(lines.size() + 1, group, line, lastDay));
            }
        }
        return lines;
    }

    private EInvoice.Line line(int position, Group group, Line line, LocalDate lastDay) {
        return new EInvoice.Line(
                position,
                words.name(group, line),
                Stream.of(words.span(line), words.note(line), words.late(line))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", ")),
                days(line, lastDay),
                line.quantity(),
                DocumentTexts.isHours(line) ? Unit.HOUR : Unit.ITEM,
                price(line),
                line.net().amount(),
                line.tax().map(EInvoiceMapper::way).orElse(UNTAXED));
    }

    /** Returns the days of a line, including the last one, which is never after that of the document. */
    private InvoicingPeriod days(Line line, LocalDate lastDay) {
        var first = day(line.from());
        var last = day(lastOf(line));
        return new InvoicingPeriod(first, last.isAfter(lastDay) ? lastDay : last);
    }

    /**
     * Returns the last instant that belongs to a line: if it ends at midnight, the last day is the one before. A started hour belongs to the day
     * on which it started.
     */
    private static Instant lastOf(Line line) {
        if (line.to().equals(line.from())) {
            return line.to();
        }
        var last = line.to().minusNanos(1);
        var lastHour = line.to().minus(HOUR);
        return DocumentTexts.isOfHours(line) && !lastHour.isBefore(line.from()) ? lastHour : last;
    }

    private LocalDate day(Instant instant) {
        return instant.atZone(words.zone()).toLocalDate();
    }

    private static BigDecimal price(Line line) {
        var price = line.unitPrice().amount();
        return line.tax()
                .filter(LineTax::isIncluded)
                .map(bears -> price.divide(BigDecimal.ONE.add(bears.rate()), Money.SCALE, RoundingMode.HALF_UP))
                .orElse(price);
    }

    private static BankTransfer way(LineTax bears) {
        return new BankTransfer(bears.treatment(), bears.percent());
    }

    private List<Tax> taxes(InvoiceDetails invoiceDetails) {
        var taxes = new ArrayList<Tax>();
        for (var part : invoiceDetails.taxes()) {
            taxes.add(new Tax(
                    new BankTransfer(part.treatment(), part.percent()),
                    part.tax().amount(),
                    words.why(part.treatment())));
        }
        var isUntaxed = invoiceDetails.groups().stream()
                .flatMap(group -> group.lines().stream())
                .anyMatch(line -> line.tax().isEmpty());
        if (isUntaxed) {
            taxes.add(new Tax(UNTAXED, BigDecimal.ZERO, words.why(UNTAXED.treatment())));
        }
        return taxes;
    }
}
