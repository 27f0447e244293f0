package io.tenantry.documents;

import io.tenantry.billing.invoicing.BillingPeriod;
import io.tenantry.billing.invoicing.DocumentList;
import io.tenantry.billing.invoicing.InvoiceQuery;
import io.tenantry.billing.invoicing.InvoiceReferences;
import io.tenantry.billing.invoicing.Invoicing;
import io.tenantry.billing.invoicing.LineTax;
import io.tenantry.billing.invoicing.TaxSubtotal;
import io.tenantry.billing.tax.TaxTreatment;
import io.tenantry.kernel.money.Money;
import io.tenantry.settlement.SettlementQuery.Invoice;
import io.tenantry.settlement.SettlementQuery.Line;
import io.tenantry.settlement.SettlementQuery.SettlementDocument;
import io.tenantry.settlement.SettlementQuery.SettlementSummary;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Maps a settlement to an invoice, or to a credit note for one: the items that the reseller pays for, without the payments of its own
 * customers. Independent of the database.
 */
final class SettlementEInvoiceMapper {
    private static final String PLAN = "SERVICE";
    private static final String ADDON = "ADDON";

    /** Type of lines that credit an amount. */
    private static final String CREDITED = "CREDITED";

    /** Type of all other lines. Their quantity counts items rather than hours: they are sums of hours at many prices. */
    private static final String COUNTED = "SETTLED";

    private final DocumentTexts words;
    private final SettlementDocument settlementDocument;
    private final Invoice invoice;

    private SettlementEInvoiceMapper(DocumentTexts words, SettlementDocument settlementDocument, Invoice invoice) {
        this.words = words;
        this.settlementDocument = settlementDocument;
        this.invoice = invoice;
    }

    /** Whether it charges or credits any amount. */
    static boolean isAsking(SettlementDocument settlementDocument) {
        return settlementDocument.lines().stream().anyMatch(SettlementEInvoiceMapper::isAsking);
    }

    private static boolean isAsking(Line line) {
        return !line.amount().isZero();
    }

    /**
     * Returns the invoice, ready to be stored as a file.
     *
     * @param zone the time zone of the reseller's months
     */
    static PrintableDocument printable(
            SettlementDocument settlementDocument, Invoice invoice, ZoneId zone, Locale locale) {
        // The payment reference is the invoice's number.
        var reference = invoice.seller().iban().isEmpty()
                ? ""
                : settlementDocument.head().number();
        var words = new DocumentTexts(locale, zone, reference);
        var made = new SettlementEInvoiceMapper(words, settlementDocument, invoice);
        var invoiceSummary = made.head();
        var document = made.asDocument();
        return new PrintableDocument(
                invoiceSummary,
                invoice.seller(),
                document,
                words,
                DocumentTemplate.NONE,
                new EInvoiceMapper(words, DocumentTemplate.NONE).of(invoiceSummary, invoice.seller(), document));
    }

    private DocumentList.InvoiceSummary head() {
        var settlementSummary = settlementDocument.head();
        return new DocumentList.InvoiceSummary(
                settlementSummary.id(),
                settlementSummary.kind(),
                settlementSummary.number(),
                settlementSummary.paidAt().isPresent() ? "PAID" : "FINAL",
                invoice.accountId(),
                invoice.buyer().address().name(),
                settlementSummary.month(),
                settlementSummary.issuedAt(),
                net(),
                settlementSummary.payable(),
                isPaidAtIssue()
                        ? settlementSummary.payable()
                        : Money.zero(settlementSummary.payable().currency()),
                settlementSummary.open(),
                settlementSummary.paidAt(),
                Optional.empty());
    }

    private boolean isPaidAtIssue() {
        var settlementSummary = settlementDocument.head();
        return settlementSummary.isCredit()
                || settlementSummary
                        .paidAt()
                        .filter(settlementSummary.issuedAt()::equals)
                        .isPresent();
    }

    private InvoiceQuery.InvoiceDetails asDocument() {
        var settlementSummary = settlementDocument.head();
        var net = net();
        return new InvoiceQuery.InvoiceDetails(
                Optional.of(head()),
                invoice.accountId(),
                period(settlementSummary.month()),
                Optional.of(invoice.seller()),
                invoice.buyer(),
                settlementDocument.lines().stream()
                        .filter(SettlementEInvoiceMapper::isAsking)
                        .map(this::line)
                        .map(line -> new InvoiceQuery.Group(line.name(), List.of(line), line.amount()))
                        .toList(),
                net,
                settlementSummary.tax(),
                settlementSummary.payable().minus(net).minus(settlementSummary.tax()),
                settlementSummary.payable(),
                taxes(settlementSummary),
                new InvoiceReferences(
                        settlementSummary.corrects(), settlementSummary.reason(), List.of(), Optional.empty()));
    }

    private Money net() {
        return settlementDocument.lines().stream()
                .map(Line::amount)
                .reduce(Money.zero(settlementDocument.head().total().currency()), Money::plus);
    }

    private List<TaxSubtotal> taxes(SettlementSummary settlementSummary) {
        return invoice.treatment() == TaxTreatment.NOT_REGISTERED
                ? List.of()
                : List.of(new TaxSubtotal(
                        invoice.treatment(),
                        invoice.place(),
                        settlementSummary.taxPercent(),
                        false,
                        settlementSummary.total(),
                        settlementSummary.tax(),
                        settlementSummary.tax()));
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
            case ADDON -> hours(words.text("option." + line.name()), line);
            case "PERCENT" ->
                words.text(
                        "settlement.PERCENT",
                        words.number(line.rate().movePointRight(2).stripTrailingZeros()),
                        words.money(new Money(line.quantity(), line.amount().currency())));
            default -> words.text("settlement." + line.kind());
        };
    }

    private boolean isCredit() {
        return settlementDocument.head().isCredit();
    }

    /** Returns the description of a credited item; its number of hours is not recorded. */
    private String whatOf(Line line) {
        return switch (line.kind()) {
            case PLAN -> words.text("settlement.sold", line.name(), line.provider());
            case ADDON -> words.text("settlement.sold", words.text("option." + line.name()), line.provider());
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
        if (invoice.treatment() == TaxTreatment.NOT_REGISTERED) {
            return Optional.empty();
        }
        var rate = settlementDocument.head().taxPercent().movePointLeft(2);
        var tax = line.amount().amount().multiply(rate).setScale(Money.SCALE, RoundingMode.HALF_UP);
        return Optional.of(new LineTax(
                1,
                invoice.treatment(),
                invoice.place(),
                rate,
                false,
                new Money(tax, line.amount().currency())));
    }

    /** Returns the period in the reseller's time zone, which determines its months. */
    private BillingPeriod period(YearMonth month) {
        return BillingPeriod.of(month, words.zone());
    }
}
