package io.tenantry.web.invoice;

import io.tenantry.exchange.ExchangeRate;
import io.tenantry.invoicing.BillingPeriod;
import io.tenantry.invoicing.Corrections.Reference;
import io.tenantry.invoicing.DocumentKind;
import io.tenantry.invoicing.DocumentList;
import io.tenantry.invoicing.Documents;
import io.tenantry.invoicing.Invoicing.Line;
import io.tenantry.invoicing.LineOrigin;
import io.tenantry.invoicing.TaxPart;
import io.tenantry.money.Money;
import io.tenantry.web.shell.Countries;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Formats;
import io.tenantry.web.shell.Language;
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
public class InvoiceWords {
    private static final String HOUR = "SERVICE";
    private static final String OPTION = "OPTION";
    private static final String RETAXED = "RETAXED";
    private static final Set<String> CORRECTING = Set.of("CREDITED", "DEBITED");

    @Inject
    Fmt fmt;

    @Inject
    Language language;

    @Inject
    Countries countries;

    @Inject
    DocumentList list;

    /** A month by name, with its year. */
    public String month(YearMonth month) {
        return fmt.text("invoice.month", fmt.monthName(month), String.valueOf(month.getYear()));
    }

    /** The first and the last day of a period. */
    public String days(BillingPeriod period) {
        return fmt.text(
                "invoice.span",
                fmt.date(period.month().atDay(1), "date"),
                fmt.date(period.month().atEndOfMonth(), "date"));
    }

    /** What a document is, with its number. */
    public String title(DocumentList.Head head) {
        return fmt.text("invoice.title." + head.kind(), head.number());
    }

    /** What sort of document it is. */
    public String kind(Documents.Paper paper) {
        return paper.issued()
                .map(head -> fmt.text("invoice.sort." + head.kind()))
                .orElseGet(() -> fmt.text("invoice.draft.kind"));
    }

    /** What became of its total. */
    public String standing(Documents.Paper paper) {
        return paper.issued().map(this::standing).orElseGet(() -> fmt.text("invoice.standing.draft"));
    }

    private String standing(DocumentList.Head head) {
        if (head.state().equals("FINAL") && head.dueOn().isPresent()) {
            return fmt.text(isOverdue(head) ? "invoice.standing.overdue" : "invoice.standing.due", due(head));
        }
        var how = isCredit(head) ? "credited" : head.state().toLowerCase(Locale.ROOT);
        return fmt.text("invoice.standing." + how, head.paidAt().map(this::day).orElse(""));
    }

    /** The last day on which a document can be paid in time; empty if it names none. */
    public String due(DocumentList.Head head) {
        return head.dueOn().map(day -> fmt.date(day, "date")).orElse("");
    }

    /** Whether a document is still to be paid, and should have been. */
    public boolean isOverdue(DocumentList.Head head) {
        return head.isOverdue(list.today());
    }

    private static boolean isCredit(DocumentList.Head head) {
        return head.kind() == DocumentKind.CREDIT_NOTE && !head.state().equals("VOID");
    }

    /** A day of the reseller's books. */
    public String day(Instant instant) {
        return new Formats(language.getLocale(), fmt.zoneOfBooks()).date(instant);
    }

    /** What a line is for. */
    public String what(Line line) {
        var what = what(line.of(), line.what());
        if (line.kind().equals(RETAXED) && !line.of().equals(RETAXED)) {
            return fmt.text("invoice.kind.RETAXED.of", what);
        }
        return CORRECTING.contains(line.kind()) ? fmt.text("invoice.kind." + line.kind(), what) : what;
    }

    /** What a line of a kind is for. */
    public String what(String kind, String what) {
        return switch (kind) {
            case HOUR -> what;
            case OPTION -> fmt.text("invoice.option." + what);
            default -> fmt.text("invoice.kind." + kind);
        };
    }

    /** What staff or the platform wrote to it; empty if a line needs none. */
    public String note(Line line) {
        return line.of().equals(HOUR) || line.of().equals(OPTION) ? "" : line.what();
    }

    /** Of which month a line is that came too late for that month's document; empty if it did not. */
    public String late(Line line) {
        return line.origin()
                .flatMap(LineOrigin::late)
                .map(late -> fmt.text(
                        late.document().isPresent() ? "invoice.late" : "invoice.late.alone", month(late.month())))
                .orElse("");
    }

    /** The document of the month that a line is of, if that is another one. */
    public @Nullable Reference lateOf(Line line) {
        return line.origin()
                .flatMap(LineOrigin::late)
                .flatMap(LineOrigin.Late::document)
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

    static String why(String papers, LineOrigin origin) {
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
        return from.equals(to) ? moment(from) : fmt.text("invoice.span", moment(from), moment(to));
    }

    /** How much of it. */
    public String quantity(Line line) {
        return isHours(line) ? fmt.text("invoice.hours", fmt.number(line.quantity())) : fmt.number(line.quantity());
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
    public boolean isUneven(Documents.Paper paper) {
        var decimals = paper.total().currency().getDefaultFractionDigits();
        return paper.total()
                        .minus(paper.tax())
                        .amount()
                        .compareTo(paper.net().amount().setScale(decimals, RoundingMode.HALF_UP))
                != 0;
    }

    /** One of the taxes that a part bears. */
    public String piece(TaxPart.Piece piece) {
        return fmt.text(
                piece.isCompound() ? "invoice.tax.piece.compound" : "invoice.tax.piece",
                fmt.rate(piece.percent()),
                piece.name());
    }

    /** At which rate a document is told in the currency of the books, of which day and by whom. */
    public String rate(ExchangeRate rate) {
        return fmt.text(
                "invoice.told.rate",
                rate.home().getCurrencyCode(),
                fmt.date(rate.day(), "date") + ", "
                        + (rate.source().equals("ECB") ? fmt.text("invoice.told.ecb") : rate.source()),
                fmt.text(
                        "currencies.worth",
                        rate.home().getCurrencyCode(),
                        fmt.rate(rate.perHome()),
                        rate.other().getCurrencyCode()));
    }

    /** What a part of a document bears, and on how much. */
    public String tax(TaxPart part) {
        return fmt.text(
                "invoice.tax." + part.treatment(),
                fmt.rate(part.percent()),
                countries.name(part.place()),
                fmt.money(part.base()));
    }

    /** What a line bears, where lines of a document do not all bear the same. */
    public String taxOf(Line line) {
        return line.tax()
                .map(bears -> fmt.text("invoice.tax.line." + bears.treatment(), fmt.rate(bears.percent())))
                .orElse("");
    }

    /** Why there is no tax, as the law wants it said. */
    public String wording(TaxPart part) {
        return fmt.text("invoice.tax.why." + part.treatment());
    }

    /** What a group is about. */
    public String group(Documents.Group group) {
        return group.name().isEmpty() ? fmt.text("invoice.group.none") : group.name();
    }

    /** An address, line by line, without what is not there. */
    public List<String> lines(io.tenantry.invoicing.Address address) {
        return lines(address, "");
    }

    /** As above, with the region; empty if it was not said. */
    public List<String> lines(io.tenantry.invoicing.Address address, String region) {
        return Stream.of(
                        address.street(),
                        (address.postcode() + " " + address.city()).strip(),
                        countries.name(region.isEmpty() ? address.country() : address.country() + "-" + region))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The number of a bank account as people read it. */
    public String grouped(String iban) {
        return iban.replaceAll("(.{4})(?!$)", "$1 ");
    }

    /** In which colour it is shown how a document stands. */
    public String tone(DocumentList.Head head) {
        return switch (head.state()) {
            case "PAID" -> "ok";
            case "FINAL" -> isOverdue(head) ? "bad" : "warn";
            default -> "quiet";
        };
    }

    /** How a document stands, as a word; what is credited is never paid. */
    public String state(DocumentList.Head head) {
        if (isOverdue(head)) {
            return fmt.text("invoice.state.overdue");
        }
        var how = isCredit(head) ? "credited" : head.state().toLowerCase(Locale.ROOT);
        return fmt.text("invoice.state." + how);
    }

    private String moment(Instant instant) {
        return new Formats(language.getLocale(), fmt.zoneOfBooks()).moment(instant);
    }
}
