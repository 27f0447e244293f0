package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.invoicing.BillingPeriod;
import io.tenantry.billing.invoicing.DocumentKind;
import io.tenantry.billing.invoicing.DocumentList;
import io.tenantry.billing.invoicing.InvoiceQuery;
import io.tenantry.billing.invoicing.InvoiceReferences.Reference;
import io.tenantry.billing.invoicing.Invoicing.Line;
import io.tenantry.billing.invoicing.LineSource;
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
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Documents in words. Days and times are those of the reseller's books, wherever the person is: a document says the same to all. */
@Named
@RequestScoped
public class InvoiceLabels {
    private static final String HOUR = "SERVICE";
    private static final String OPTION = "OPTION";
    private static final String RETAXED = "RETAXED";
    private static final Set<String> CORRECTING = Set.of("CREDITED", "DEBITED");

    @Inject
    Format format;

    @Inject
    Language language;

    @Inject
    Countries countries;

    @Inject
    DocumentList list;

    /** A month by name, with its year. */
    public String month(YearMonth month) {
        return format.text("invoice.month", format.monthName(month), String.valueOf(month.getYear()));
    }

    /** The first and the last day of a period. */
    public String days(BillingPeriod period) {
        return format.text(
                "invoice.span",
                format.date(period.month().atDay(1), "date"),
                format.date(period.month().atEndOfMonth(), "date"));
    }

    /** What a document is, with its number. */
    public String title(DocumentList.InvoiceSummary invoiceSummary) {
        return format.text("invoice.title." + invoiceSummary.kind(), invoiceSummary.number());
    }

    /** What sort of document it is. */
    public String kind(InvoiceQuery.InvoiceDetails invoiceDetails) {
        return invoiceDetails
                .issued()
                .map(invoiceSummary -> format.text("invoice.sort." + invoiceSummary.kind()))
                .orElseGet(() -> format.text("invoice.draft.kind"));
    }

    /** What became of its total. */
    public String standing(InvoiceQuery.InvoiceDetails invoiceDetails) {
        return invoiceDetails.issued().map(this::standing).orElseGet(() -> format.text("invoice.standing.draft"));
    }

    private String standing(DocumentList.InvoiceSummary invoiceSummary) {
        if (invoiceSummary.state().equals("FINAL") && invoiceSummary.dueOn().isPresent()) {
            return format.text(
                    isOverdue(invoiceSummary) ? "invoice.standing.overdue" : "invoice.standing.due",
                    due(invoiceSummary));
        }
        var how = isCredit(invoiceSummary) ? "credited" : invoiceSummary.state().toLowerCase(Locale.ROOT);
        return format.text(
                "invoice.standing." + how,
                invoiceSummary.paidAt().map(this::day).orElse(""));
    }

    /** The last day on which a document can be paid in time; empty if it names none. */
    public String due(DocumentList.InvoiceSummary invoiceSummary) {
        return invoiceSummary.dueOn().map(day -> format.date(day, "date")).orElse("");
    }

    /** Whether a document is still to be paid, and should have been. */
    public boolean isOverdue(DocumentList.InvoiceSummary invoiceSummary) {
        return invoiceSummary.isOverdue(list.today());
    }

    private static boolean isCredit(DocumentList.InvoiceSummary invoiceSummary) {
        return invoiceSummary.kind() == DocumentKind.CREDIT_NOTE
                && !invoiceSummary.state().equals("VOID");
    }

    /** A day of the reseller's books. */
    public String day(Instant instant) {
        return new Formats(language.getLocale(), format.zoneOfBooks()).date(instant);
    }

    /** What a line is for. */
    public String what(Line line) {
        var what = what(line.of(), line.what());
        if (line.kind().equals(RETAXED) && !line.of().equals(RETAXED)) {
            return format.text("invoice.kind.RETAXED.of", what);
        }
        return CORRECTING.contains(line.kind()) ? format.text("invoice.kind." + line.kind(), what) : what;
    }

    /** What a line of a kind is for. */
    public String what(String kind, String what) {
        return switch (kind) {
            case HOUR -> what;
            case OPTION -> format.text("invoice.option." + what);
            default -> format.text("invoice.kind." + kind);
        };
    }

    /** What staff or the platform wrote to it; empty if a line needs none. */
    public String note(Line line) {
        return line.of().equals(HOUR) || line.of().equals(OPTION) ? "" : line.what();
    }

    /** Of which month a line is that came too late for that month's document; empty if it did not. */
    public String late(Line line) {
        return line.origin()
                .flatMap(LineSource::late)
                .map(carriedOver -> format.text(
                        carriedOver.document().isPresent() ? "invoice.late" : "invoice.late.alone",
                        month(carriedOver.month())))
                .orElse("");
    }

    /** The document of the month that a line is of, if that is another one. */
    public @Nullable Reference lateOf(Line line) {
        return line.origin()
                .flatMap(LineSource::late)
                .flatMap(LineSource.CarriedOver::document)
                .orElse(null);
    }

    /**
     * Where a line is explained; empty if it is of no wallet.
     *
     * @param papers where documents are
     */
    public String why(String papers, Line line) {
        return line.origin().map(origin -> why(papers, origin)).orElse("");
    }

    static String why(String papers, LineSource origin) {
        return papers
                + "-line?wallet=" + origin.walletId()
                + origin.periodId()
                        .map(period -> "&period=" + period)
                        .or(() -> origin.entryId().map(entry -> "&entry=" + entry))
                        .orElseThrow();
    }

    /** From when to when a line is, or when it happened. */
    public String span(Line line) {
        return span(line.from(), line.to());
    }

    /** From one moment to another, or at one. */
    public String span(Instant from, Instant to) {
        return from.equals(to) ? moment(from) : format.text("invoice.span", moment(from), moment(to));
    }

    /** How much of it. */
    public String quantity(Line line) {
        return isHours(line)
                ? format.text("invoice.hours", format.number(line.quantity()))
                : format.number(line.quantity());
    }

    public boolean isHours(Line line) {
        return line.kind().equals(HOUR) || line.kind().equals(OPTION);
    }

    /** Whether a month costs no more, and a line therefore less than its hours. */
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

    /** Whether net and tax, each rounded, do not come to the total, so that the rounding must stand among them. */
    public boolean isUneven(InvoiceQuery.InvoiceDetails invoiceDetails) {
        var decimals = invoiceDetails.total().currency().getDefaultFractionDigits();
        return invoiceDetails
                        .total()
                        .minus(invoiceDetails.tax())
                        .amount()
                        .compareTo(invoiceDetails.net().amount().setScale(decimals, RoundingMode.HALF_UP))
                != 0;
    }

    /** One of the taxes that a part bears. */
    public String piece(TaxSubtotal.TaxComponent taxComponent) {
        return format.text(
                taxComponent.isCompound() ? "invoice.tax.piece.compound" : "invoice.tax.piece",
                format.rate(taxComponent.percent()),
                taxComponent.name());
    }

    /** At which rate a document is told in the currency of the books, of which day and by whom. */
    public String rate(ExchangeRate rate) {
        return format.text(
                "invoice.told.rate",
                rate.home().getCurrencyCode(),
                format.date(rate.day(), "date") + ", "
                        + (rate.source().equals("ECB") ? format.text("invoice.told.ecb") : rate.source()),
                format.text(
                        "currencies.worth",
                        rate.home().getCurrencyCode(),
                        format.rate(rate.perHome()),
                        rate.other().getCurrencyCode()));
    }

    /** What a part of a document bears, and on how much. */
    public String tax(TaxSubtotal part) {
        return format.text(
                "invoice.tax." + part.treatment(),
                format.rate(part.percent()),
                countries.name(part.place()),
                format.money(part.base()));
    }

    /** What a line bears, where lines of a document do not all bear the same. */
    public String taxOf(Line line) {
        return line.tax()
                .map(bears -> format.text("invoice.tax.line." + bears.treatment(), format.rate(bears.percent())))
                .orElse("");
    }

    /** Why there is no tax, as the law wants it said. */
    public String wording(TaxSubtotal part) {
        return format.text("invoice.tax.why." + part.treatment());
    }

    /** What a group is about. */
    public String group(InvoiceQuery.Group group) {
        return group.name().isEmpty() ? format.text("invoice.group.none") : group.name();
    }

    /** An address, line by line, without what is not there. */
    public List<String> lines(io.tenantry.billing.invoicing.PostalAddress postalAddress) {
        return lines(postalAddress, "");
    }

    /** As above, with the region; empty if it was not said. */
    public List<String> lines(io.tenantry.billing.invoicing.PostalAddress postalAddress, String region) {
        return Stream.of(
                        postalAddress.street(),
                        (postalAddress.postcode() + " " + postalAddress.city()).strip(),
                        countries.name(
                                region.isEmpty() ? postalAddress.country() : postalAddress.country() + "-" + region))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The number of a bank account as people read it. */
    public String grouped(String iban) {
        return iban.replaceAll("(.{4})(?!$)", "$1 ");
    }

    /** In which colour it is shown how a document stands. */
    public String tone(DocumentList.InvoiceSummary invoiceSummary) {
        return switch (invoiceSummary.state()) {
            case "PAID" -> "ok";
            case "FINAL" -> isOverdue(invoiceSummary) ? "bad" : "warn";
            default -> "quiet";
        };
    }

    /** How a document stands, as a word; what is credited is never paid. */
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
