package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.invoicing.BillingPeriod;
import io.tenantry.billing.invoicing.DocumentKind;
import io.tenantry.billing.invoicing.DocumentList;
import io.tenantry.billing.invoicing.InvoiceQuery;
import io.tenantry.billing.invoicing.InvoiceReferences.Reference;
import io.tenantry.billing.invoicing.Invoicing.Line;
import io.tenantry.billing.invoicing.LineSource;
import io.tenantry.billing.invoicing.LineTax;
import io.tenantry.billing.invoicing.TaxSubtotal;
import io.tenantry.catalog.fx.ExchangeRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.layout.Countries;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.Formats;
import io.tenantry.web.layout.Language;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Labels for documents. Days and times are in the zone of the reseller's ledger, wherever the person is: a document shows the same to all. */
@Named
@RequestScoped
public class InvoiceLabels {
    private static final String HOUR = "SERVICE";
    private static final String ADDON = "ADDON";
    private static final String TAX_CORRECTED = "TAX_CORRECTED";
    private static final Set<String> CORRECTING = Set.of("CREDITED", "DEBITED");

    @Inject
    Format format;

    @Inject
    Language language;

    @Inject
    Countries countries;

    @Inject
    DocumentList list;

    /** Returns a month by name, with its year. */
    public String month(YearMonth month) {
        return format.text("invoice.month", format.monthName(month), String.valueOf(month.getYear()));
    }

    /** Returns the first and the last day of a period. */
    public String days(BillingPeriod period) {
        return format.text(
                "invoice.span",
                format.date(period.month().atDay(1), "date"),
                format.date(period.month().atEndOfMonth(), "date"));
    }

    /** Returns the kind of a document with its number. */
    public String title(DocumentList.InvoiceSummary invoiceSummary) {
        return format.text("invoice.title." + invoiceSummary.kind(), invoiceSummary.number());
    }

    /** Returns the kind of a document. */
    public String kind(InvoiceQuery.InvoiceDetails invoiceDetails) {
        return invoiceDetails
                .issued()
                .map(invoiceSummary -> format.text("invoice.sort." + invoiceSummary.kind()))
                .orElseGet(() -> format.text("invoice.draft.kind"));
    }

    /** Returns the state of payment of a document. */
    public String status(InvoiceQuery.InvoiceDetails invoiceDetails) {
        return invoiceDetails.issued().map(this::status).orElseGet(() -> format.text("invoice.payment.draft"));
    }

    private String status(DocumentList.InvoiceSummary invoiceSummary) {
        if (invoiceSummary.amountDue().isPositive()) {
            return open(invoiceSummary);
        }
        var how = isCredit(invoiceSummary) ? "credited" : invoiceSummary.state().toLowerCase(Locale.ROOT);
        return format.text(
                "invoice.payment." + how, invoiceSummary.paidAt().map(this::day).orElse(""));
    }

    private String open(DocumentList.InvoiceSummary invoiceSummary) {
        var when = invoiceSummary.dueOn().isEmpty() ? "final" : isOverdue(invoiceSummary) ? "overdue" : "due";
        var open = format.text("invoice.payment." + when, due(invoiceSummary));
        return invoiceSummary.amountPaid().isPositive()
                ? format.text(
                        "invoice.payment.part",
                        format.money(invoiceSummary.amountPaid()),
                        format.money(invoiceSummary.amountDue()),
                        open)
                : open;
    }

    /** Returns the last day for payment in time; empty if the document states none. */
    public String due(DocumentList.InvoiceSummary invoiceSummary) {
        return invoiceSummary.dueOn().map(day -> format.date(day, "date")).orElse("");
    }

    /** Returns whether a document is unpaid after its due date. */
    public boolean isOverdue(DocumentList.InvoiceSummary invoiceSummary) {
        return invoiceSummary.isOverdue(list.today());
    }

    private static boolean isCredit(DocumentList.InvoiceSummary invoiceSummary) {
        return invoiceSummary.kind() == DocumentKind.CREDIT_NOTE
                && !invoiceSummary.state().equals("VOID");
    }

    /** Returns a day in the zone of the reseller's ledger. */
    public String day(Instant instant) {
        return new Formats(language.getLocale(), format.zoneOfBooks()).date(instant);
    }

    /** Returns what a line is for. */
    public String what(Line line) {
        var what = what(line.of(), line.what());
        if (line.kind().equals(TAX_CORRECTED) && !line.of().equals(TAX_CORRECTED)) {
            return format.text("invoice.kind.TAX_CORRECTED.of", what);
        }
        return CORRECTING.contains(line.kind()) ? format.text("invoice.kind." + line.kind(), what) : what;
    }

    /** Returns what a line of a kind is for. */
    public String what(String kind, String what) {
        return switch (kind) {
            case HOUR -> what;
            case ADDON -> format.text("invoice.addon." + what);
            default -> format.text("invoice.kind." + kind);
        };
    }

    /** Returns the note that staff or the platform wrote for it; empty if a line needs none. */
    public String note(Line line) {
        return line.of().equals(HOUR) || line.of().equals(ADDON) ? "" : line.what();
    }

    /** Returns the month of a line that came too late for that month's document; empty if it was in time. */
    public String late(Line line) {
        return line.origin()
                .flatMap(LineSource::late)
                .map(carriedOver -> format.text(
                        carriedOver.document().isPresent() ? "invoice.late" : "invoice.late.alone",
                        month(carriedOver.month())))
                .orElse("");
    }

    /** Returns the document of the month that a line is for, if that is another one. */
    public @Nullable Reference lateOf(Line line) {
        return line.origin()
                .flatMap(LineSource::late)
                .flatMap(LineSource.CarriedOver::document)
                .orElse(null);
    }

    /**
     * Returns the address of a line's explanation; empty if the line belongs to no wallet.
     *
     * @param documentsPath the path of documents
     */
    public String why(String documentsPath, Line line) {
        return line.origin().map(origin -> why(documentsPath, origin)).orElse("");
    }

    static String why(String documentsPath, LineSource origin) {
        return documentsPath
                + "-line?wallet=" + origin.walletId()
                + origin.periodId()
                        .map(period -> "&period=" + period)
                        .or(() -> origin.entryId().map(entry -> "&entry=" + entry))
                        .orElseThrow();
    }

    /** Returns the time range of a line, or the moment at which it occurred. */
    public String span(Line line) {
        return span(line.from(), line.to());
    }

    /** Returns a time range, or a single moment. */
    public String span(Instant from, Instant to) {
        return from.equals(to) ? moment(from) : format.text("invoice.span", moment(from), moment(to));
    }

    /** Returns the quantity of a line. */
    public String quantity(Line line) {
        return isHours(line)
                ? format.text("invoice.hours", format.number(line.quantity()))
                : format.number(line.quantity());
    }

    public boolean isHours(Line line) {
        return line.kind().equals(HOUR) || line.kind().equals(ADDON);
    }

    /** Returns whether the monthly cap reduces a line below the price of its hours. */
    public boolean isCapped(Line line) {
        return line.amount().amount().compareTo(full(line).amount()) < 0;
    }

    private static Money full(Line line) {
        return new Money(
                line.unitPrice()
                        .amount()
                        .multiply(line.quantity())
                        .add(line.surcharge().amount()),
                line.amount().currency());
    }

    /** Returns the label of a tax component of a subtotal. */
    public String piece(TaxSubtotal.TaxComponent taxComponent) {
        return format.text(
                taxComponent.isCompound() ? "invoice.tax.piece.compound" : "invoice.tax.piece",
                format.rate(taxComponent.percent()),
                taxComponent.name());
    }

    /** Returns the exchange rate by which a document is converted to the currency of the ledger, with its day and source. */
    public String rate(ExchangeRate rate) {
        return format.text(
                "invoice.tax-currency.rate",
                rate.home().getCurrencyCode(),
                format.date(rate.day(), "date") + ", "
                        + (rate.source().equals("ECB") ? format.text("invoice.tax-currency.ecb") : rate.source()),
                format.text(
                        "currencies.worth",
                        rate.home().getCurrencyCode(),
                        format.rate(rate.perHome()),
                        rate.other().getCurrencyCode()));
    }

    /** Returns the tax treatment of a subtotal and its base. */
    public String tax(TaxSubtotal part) {
        return format.text(
                "invoice.tax." + part.treatment(),
                format.rate(part.percent()),
                countries.name(part.place()),
                format.money(part.statedBase()));
    }

    /** Returns the tax treatment of a line, where the lines of a document do not all have the same one. */
    public String taxOf(Line line) {
        return line.tax()
                .map(bears -> format.text("invoice.tax.line." + bears.treatment(), format.rate(bears.percent())))
                .orElse("");
    }

    /** Returns whether a line's amounts contain tax, for documents on which that differs; empty if it bears none. */
    public String lineTerms(Line line) {
        return amountTerms(
                line.tax().filter(bears -> bears.isGross() || bears.isNet()).map(LineTax::isIncluded));
    }

    /** Returns the same for the sum of a group. */
    public String groupTerms(InvoiceQuery.Group group) {
        return amountTerms(group.isGross() || group.isNet() ? Optional.of(group.isGross()) : Optional.empty());
    }

    /** Returns the same for an amount that says whether it includes tax. */
    public String amountTerms(Optional<Boolean> includesTax) {
        return includesTax
                .map(isIncluded -> format.text(isIncluded ? "explain.gross" : "explain.net"))
                .orElse("");
    }

    /** Returns the reason why there is no tax, in the wording that the law requires. */
    public String wording(TaxSubtotal part) {
        return format.text("invoice.tax.reason." + part.treatment());
    }

    /** Returns the label of a group. */
    public String group(InvoiceQuery.Group group) {
        return group.name().isEmpty() ? format.text("invoice.group.none") : group.name();
    }

    /** Returns an address line by line, without empty parts. */
    public List<String> lines(io.tenantry.billing.invoicing.PostalAddress postalAddress) {
        return lines(postalAddress, "");
    }

    /** Returns an address line by line, with the region; without it if the region is empty. */
    public List<String> lines(io.tenantry.billing.invoicing.PostalAddress postalAddress, String region) {
        return Stream.of(
                        postalAddress.street(),
                        (postalAddress.postcode() + " " + postalAddress.city()).strip(),
                        countries.name(
                                region.isEmpty() ? postalAddress.country() : postalAddress.country() + "-" + region))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Returns an IBAN in groups of four characters. */
    public String grouped(String iban) {
        return iban.replaceAll("(.{4})(?!$)", "$1 ");
    }

    /** Returns the tone of a document's state. */
    public String tone(DocumentList.InvoiceSummary invoiceSummary) {
        return switch (invoiceSummary.state()) {
            case "PAID" -> "ok";
            case "FINAL" -> isOverdue(invoiceSummary) ? "bad" : "warn";
            default -> "quiet";
        };
    }

    /** Returns the state of a document as a word; a credit note is never paid. */
    public String state(DocumentList.InvoiceSummary invoiceSummary) {
        if (isOverdue(invoiceSummary)) {
            return format.text("invoice.state.overdue");
        }
        var how = isCredit(invoiceSummary) ? "credited" : invoiceSummary.state().toLowerCase(Locale.ROOT);
        return format.text("invoice.state." + how);
    }

    private String moment(Instant instant) {
        return new Formats(language.getLocale(), format.zoneOfBooks()).moment(instant);
    }
}
