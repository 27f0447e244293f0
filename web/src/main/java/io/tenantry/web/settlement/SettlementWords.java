package io.tenantry.web.settlement;

import io.tenantry.invoicing.TaxPart;
import io.tenantry.money.Money;
import io.tenantry.settlement.FeeTerms;
import io.tenantry.settlement.SettlementBooks;
import io.tenantry.settlement.SettlementBooks.Head;
import io.tenantry.settlement.SettlementBooks.Line;
import io.tenantry.settlement.SettlementConsole.Stop;
import io.tenantry.web.invoice.InvoiceWords;
import io.tenantry.web.shell.Fmt;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** Settlements in words. */
@Named
@RequestScoped
public class SettlementWords {
    @Inject
    Fmt fmt;

    @Inject
    InvoiceWords invoices;

    /** What a line is for, without how much of it. */
    public String what(Line line) {
        return switch (line.kind()) {
            case "CREDITED", "DEBITED" -> fmt.text("settlement.kind." + line.kind());
            case "PERCENT", "PER_SERVICE", "PER_ORGANIZATION", "MINIMUM" -> fmt.text("settlement.fee." + line.kind());
            default -> invoices.what(line.kind(), line.name());
        };
    }

    /** Whether a line leads to its services. */
    public boolean isOfHours(Line line) {
        return line.kind().equals("SERVICE") || line.kind().equals("OPTION");
    }

    /** The lines of what was sold. */
    public List<Line> sold(SettlementBooks.Paper paper) {
        return paper.lines().stream().filter(line -> !isFee(line)).toList();
    }

    /** The lines of fees. */
    public List<Line> fees(SettlementBooks.Paper paper) {
        return paper.lines().stream().filter(SettlementWords::isFee).toList();
    }

    private static boolean isFee(Line line) {
        return switch (line.kind()) {
            case "PERCENT", "PER_SERVICE", "PER_ORGANIZATION", "MINIMUM" -> true;
            default -> false;
        };
    }

    /** What a fee is reckoned from. */
    public String reckoned(Line fee) {
        var currency = fee.amount().currency();
        return switch (fee.kind()) {
            case "PERCENT" ->
                fmt.text(
                        "settlement.fee.PERCENT.of",
                        fmt.number(percent(fee.rate())),
                        fmt.money(new Money(fee.quantity(), currency)));
            case "MINIMUM" -> fmt.text("settlement.fee.MINIMUM.of", fmt.money(new Money(fee.rate(), currency)));
            default ->
                fmt.text(
                        "settlement.fee.each",
                        fmt.number(fee.quantity()),
                        fmt.money(new Money(fee.rate(), currency), true, false));
        };
    }

    private static BigDecimal percent(BigDecimal rate) {
        return rate.movePointRight(2).stripTrailingZeros();
    }

    /** Fee terms in one sentence after the other. */
    public List<String> terms(FeeTerms terms) {
        var said = new ArrayList<String>();
        for (var tier : terms.tiers()) {
            var percent = fmt.number(tier.percent().stripTrailingZeros());
            said.add(
                    tier.from().isZero()
                            ? fmt.text("settlement.terms.percent", percent)
                            : fmt.text("settlement.terms.percent.from", percent, fmt.money(tier.from())));
        }
        if (terms.perService().isPositive()) {
            said.add(fmt.text("settlement.terms.service", fmt.money(terms.perService(), true, false)));
        }
        if (terms.perOrganization().isPositive()) {
            said.add(fmt.text("settlement.terms.organization", fmt.money(terms.perOrganization(), true, false)));
        }
        if (terms.minimum().isPositive()) {
            said.add(fmt.text("settlement.terms.minimum", fmt.money(terms.minimum())));
        }
        return said.isEmpty() ? List.of(fmt.text("settlement.terms.free")) : List.copyOf(said);
    }

    /** What it bears, and on how much. */
    public String tax(SettlementBooks.Paper paper) {
        return paper.invoice()
                .map(invoice -> invoices.tax(part(paper, invoice)))
                .orElse("");
    }

    /** Why there is no tax, in the words of the law. */
    public String wording(SettlementBooks.Paper paper) {
        return paper.invoice()
                .map(invoice -> invoices.wording(part(paper, invoice)))
                .orElse("");
    }

    private static TaxPart part(SettlementBooks.Paper paper, SettlementBooks.Invoice invoice) {
        var head = paper.head();
        return new TaxPart(
                invoice.treatment(), invoice.place(), head.taxPercent(), false, head.total(), head.tax(), head.tax());
    }

    /** What a document is called. */
    public String title(Head head) {
        return fmt.text(head.isCredit() ? "settlement.credit.head" : "settlement.head", head.number());
    }

    /** Its number; of a credit note also that of its settlement. */
    public String numbered(Head head) {
        return head.corrects()
                .map(of -> fmt.text("settlement.credit.numbered", head.number(), of.number()))
                .orElse(head.number());
    }

    /** How a settlement stands. A credit note is never paid. */
    public String state(Head head) {
        var how = head.isCredit() ? "CREDIT" : head.isGivenBack() ? "GIVEN_BACK" : head.state();
        return fmt.text("settlement.state." + how);
    }

    /** The tone of that. */
    public String tone(Head head) {
        if (head.isCredit() || head.isGivenBack()) {
            return "quiet";
        }
        return head.state().equals("PAID") ? "ok" : "warn";
    }

    /** Why a month is not settled yet. */
    public String stopped(Stop stop) {
        var again = fmt.date(stop.again(), "moment");
        return stop.failed()
                ? fmt.text("settlement.stop.failed", again, stop.reference())
                : fmt.text("settlement.stop.waits", again);
    }

    /** A month by name, with its year. */
    public String month(YearMonth month) {
        return invoices.month(month);
    }
}
