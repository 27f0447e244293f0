package io.tenantry.paper;

import io.tenantry.invoicing.BillingPeriod;
import io.tenantry.invoicing.Corrections;
import io.tenantry.invoicing.DocumentList;
import io.tenantry.invoicing.Documents;
import io.tenantry.invoicing.Invoicing;
import io.tenantry.invoicing.LineTax;
import io.tenantry.invoicing.TaxPart;
import io.tenantry.money.Money;
import io.tenantry.settlement.SettlementBooks.Head;
import io.tenantry.settlement.SettlementBooks.Invoice;
import io.tenantry.settlement.SettlementBooks.Line;
import io.tenantry.settlement.SettlementBooks.Paper;
import io.tenantry.tax.Treatment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A settlement as the invoice that it is, or a credit note of one: what the reseller owes for, without what its own customers paid. Pure. */
final class SettlementPaper {
    private static final String PLAN = "SERVICE";
    private static final String OPTION = "OPTION";

    /** A line that gives something back. */
    private static final String CREDITED = "CREDITED";

    /** Whatever is in it counts things and not hours: its lines are sums of hours at many prices. */
    private static final String COUNTED = "SETTLED";

    private final PaperWords words;
    private final Paper paper;
    private final Invoice invoice;

    private SettlementPaper(PaperWords words, Paper paper, Invoice invoice) {
        this.words = words;
        this.paper = paper;
        this.invoice = invoice;
    }

    /** Whether anything is asked or given back by it. */
    static boolean isAsking(Paper paper) {
        return paper.lines().stream().anyMatch(SettlementPaper::isAsking);
    }

    private static boolean isAsking(Line line) {
        return !line.amount().isZero();
    }

    /**
     * The invoice, ready to be a file.
     *
     * @param zone in whose days the reseller's months are reckoned
     */
    static Printable printable(Paper paper, Invoice invoice, ZoneId zone, Locale locale) {
        // Who pays from a bank writes the invoice's number.
        var reference = invoice.seller().iban().isEmpty() ? "" : paper.head().number();
        var words = new PaperWords(locale, zone, reference);
        var made = new SettlementPaper(words, paper, invoice);
        var head = made.head();
        var document = made.asDocument();
        return new Printable(
                head,
                invoice.seller(),
                document,
                words,
                Template.NONE,
                new PaperInvoice(words, Template.NONE).of(head, invoice.seller(), document));
    }

    private DocumentList.Head head() {
        var head = paper.head();
        return new DocumentList.Head(
                head.id(),
                head.kind(),
                head.number(),
                head.paidAt().isPresent() ? "PAID" : "FINAL",
                invoice.accountId(),
                invoice.buyer().address().name(),
                head.month(),
                head.issuedAt(),
                net(),
                head.payable(),
                head.paidAt(),
                Optional.empty());
    }

    private Documents.Paper asDocument() {
        var head = paper.head();
        var net = net();
        return new Documents.Paper(
                Optional.of(head()),
                invoice.accountId(),
                period(head.month()),
                Optional.of(invoice.seller()),
                invoice.buyer(),
                paper.lines().stream()
                        .filter(SettlementPaper::isAsking)
                        .map(this::line)
                        .map(line -> new Documents.Group(line.name(), List.of(line), line.amount()))
                        .toList(),
                net,
                head.tax(),
                head.payable().minus(net).minus(head.tax()),
                head.payable(),
                taxes(head),
                new Corrections(head.corrects(), head.reason(), List.of(), Optional.empty()));
    }

    private Money net() {
        return paper.lines().stream()
                .map(Line::amount)
                .reduce(Money.zero(paper.head().total().currency()), Money::plus);
    }

    private List<TaxPart> taxes(Head head) {
        return invoice.treatment() == Treatment.NOT_REGISTERED
                ? List.of()
                : List.of(new TaxPart(
                        invoice.treatment(),
                        invoice.place(),
                        head.taxPercent(),
                        false,
                        head.total(),
                        head.tax(),
                        head.tax()));
    }

    private Invoicing.Line line(Line line) {
        var period = period(line.month());
        var isEach =
                !isCredit() && (line.kind().equals("PER_SERVICE") || line.kind().equals("PER_ORGANIZATION"));
        var currency = line.amount().currency();
        return new Invoicing.Line(
                isCredit() ? CREDITED : COUNTED,
                PLAN,
                Optional.empty(),
                "",
                isCredit() ? whatOf(line) : what(line),
                period.from(),
                period.to(),
                isEach ? line.quantity() : BigDecimal.ONE,
                isEach ? new Money(line.rate(), currency) : line.amount(),
                Money.zero(currency),
                line.amount(),
                tax(line));
    }

    private String what(Line line) {
        return switch (line.kind()) {
            case PLAN -> hours(line.name(), line);
            case OPTION -> hours(words.text("option." + line.name()), line);
            case "PERCENT" ->
                words.text(
                        "settlement.PERCENT",
                        words.number(line.rate().movePointRight(2).stripTrailingZeros()),
                        words.money(new Money(line.quantity(), line.amount().currency())));
            default -> words.text("settlement." + line.kind());
        };
    }

    private boolean isCredit() {
        return paper.head().isCredit();
    }

    /** Of what something is given back; how many hours that are nobody has said. */
    private String whatOf(Line line) {
        return switch (line.kind()) {
            case PLAN -> words.text("settlement.sold", line.name(), line.provider());
            case OPTION -> words.text("settlement.sold", words.text("option." + line.name()), line.provider());
            case "PERCENT" -> words.text("settlement.share");
            default -> words.text("settlement." + line.kind());
        };
    }

    private String hours(String name, Line line) {
        return words.text(
                "settlement.hours",
                name,
                line.provider(),
                words.number(BigDecimal.valueOf(line.hours())),
                words.number(BigDecimal.valueOf(line.services())));
    }

    private Optional<LineTax> tax(Line line) {
        if (invoice.treatment() == Treatment.NOT_REGISTERED) {
            return Optional.empty();
        }
        var rate = paper.head().taxPercent().movePointLeft(2);
        var tax = line.amount().amount().multiply(rate).setScale(Money.SCALE, RoundingMode.HALF_UP);
        return Optional.of(new LineTax(
                1,
                invoice.treatment(),
                invoice.place(),
                rate,
                false,
                new Money(tax, line.amount().currency())));
    }

    /** In the days of the reseller, by which its months are reckoned. */
    private BillingPeriod period(YearMonth month) {
        return BillingPeriod.of(month, words.zone());
    }
}
