package io.tenantry.web.settlement;

import io.tenantry.billing.invoicing.TaxSubtotal;
import io.tenantry.kernel.money.Money;
import io.tenantry.settlement.FeeTerms;
import io.tenantry.settlement.SettlementAdministration.SettlementDelay;
import io.tenantry.settlement.SettlementQuery;
import io.tenantry.settlement.SettlementQuery.Line;
import io.tenantry.settlement.SettlementQuery.SettlementSummary;
import io.tenantry.web.billing.invoicing.InvoiceLabels;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** Labels for settlements. */
@Named
@RequestScoped
public class SettlementLabels {
    @Inject
    Format format;

    @Inject
    InvoiceLabels invoices;

    /** Returns what a line is for, without its quantity. */
    public String what(Line line) {
        return switch (line.kind()) {
            case "CREDITED", "DEBITED" -> format.text("settlement.kind." + line.kind());
            case "PERCENT", "PER_SERVICE", "PER_ORGANIZATION", "MINIMUM" ->
                format.text("settlement.fee." + line.kind());
            default -> invoices.what(line.kind(), line.name());
        };
    }

    /** Returns whether a line links to its services. */
    public boolean isOfHours(Line line) {
        return line.kind().equals("SERVICE") || line.kind().equals("ADDON");
    }

    /** Returns the lines for sales. */
    public List<Line> sold(SettlementQuery.SettlementDocument settlementDocument) {
        return settlementDocument.lines().stream().filter(line -> !isFee(line)).toList();
    }

    /** Returns the lines for fees. */
    public List<Line> fees(SettlementQuery.SettlementDocument settlementDocument) {
        return settlementDocument.lines().stream()
                .filter(SettlementLabels::isFee)
                .toList();
    }

    private static boolean isFee(Line line) {
        return switch (line.kind()) {
            case "PERCENT", "PER_SERVICE", "PER_ORGANIZATION", "MINIMUM" -> true;
            default -> false;
        };
    }

    /** Returns the base from which a fee is calculated. */
    public String calculation(Line fee) {
        var currency = fee.amount().currency();
        return switch (fee.kind()) {
            case "PERCENT" ->
                format.text(
                        "settlement.fee.PERCENT.of",
                        format.number(percent(fee.rate())),
                        format.money(new Money(fee.quantity(), currency)));
            case "MINIMUM" -> format.text("settlement.fee.MINIMUM.of", format.money(new Money(fee.rate(), currency)));
            default ->
                format.text(
                        "settlement.fee.each",
                        format.number(fee.quantity()),
                        format.money(new Money(fee.rate(), currency), true, false));
        };
    }

    private static BigDecimal percent(BigDecimal rate) {
        return rate.movePointRight(2).stripTrailingZeros();
    }

    /** Returns fee terms as text, one sentence each. */
    public List<String> terms(FeeTerms terms) {
        var parts = new ArrayList<String>();
        for (var tier : terms.tiers()) {
            var percent = format.number(tier.percent().stripTrailingZeros());
            parts.add(
                    tier.from().isZero()
                            ? format.text("settlement.terms.percent", percent)
                            : format.text("settlement.terms.percent.from", percent, format.money(tier.from())));
        }
        if (terms.perService().isPositive()) {
            parts.add(format.text("settlement.terms.service", format.money(terms.perService(), true, false)));
        }
        if (terms.perOrganization().isPositive()) {
            parts.add(format.text("settlement.terms.organization", format.money(terms.perOrganization(), true, false)));
        }
        if (terms.minimum().isPositive()) {
            parts.add(format.text("settlement.terms.minimum", format.money(terms.minimum())));
        }
        return parts.isEmpty() ? List.of(format.text("settlement.terms.free")) : List.copyOf(parts);
    }

    /** Returns the tax treatment and its base. */
    public String tax(SettlementQuery.SettlementDocument settlementDocument) {
        return settlementDocument
                .invoice()
                .map(invoice -> invoices.tax(part(settlementDocument, invoice)))
                .orElse("");
    }

    /** Returns the reason why there is no tax, in the wording that the law requires. */
    public String wording(SettlementQuery.SettlementDocument settlementDocument) {
        return settlementDocument
                .invoice()
                .map(invoice -> invoices.wording(part(settlementDocument, invoice)))
                .orElse("");
    }

    private static TaxSubtotal part(
            SettlementQuery.SettlementDocument settlementDocument, SettlementQuery.Invoice invoice) {
        var settlementSummary = settlementDocument.head();
        return new TaxSubtotal(
                invoice.treatment(),
                invoice.place(),
                settlementSummary.taxPercent(),
                false,
                settlementSummary.total(),
                settlementSummary.tax(),
                settlementSummary.tax());
    }

    /** Returns the title of a document. */
    public String title(SettlementSummary settlementSummary) {
        return format.text(
                settlementSummary.isCredit() ? "settlement.credit.head" : "settlement.head",
                settlementSummary.number());
    }

    /** Returns its number; for a credit note also that of its settlement. */
    public String numbered(SettlementSummary settlementSummary) {
        return settlementSummary
                .corrects()
                .map(of -> format.text("settlement.credit.numbered", settlementSummary.number(), of.number()))
                .orElse(settlementSummary.number());
    }

    /** Returns the state of a settlement. A credit note is never paid. */
    public String state(SettlementSummary settlementSummary) {
        var how = settlementSummary.isCredit()
                ? "CREDIT"
                : settlementSummary.isGivenBack() ? "CREDITED" : settlementSummary.state();
        return format.text("settlement.state." + how);
    }

    /** Returns the tone of that state. */
    public String tone(SettlementSummary settlementSummary) {
        if (settlementSummary.isCredit() || settlementSummary.isGivenBack()) {
            return "quiet";
        }
        return settlementSummary.state().equals("PAID") ? "ok" : "warn";
    }

    /** Returns the reason why a month is not settled yet. */
    public String stopped(SettlementDelay settlementDelay) {
        var again = format.date(settlementDelay.again(), "moment");
        return settlementDelay.failed()
                ? format.text("settlement.stop.failed", again, settlementDelay.reference())
                : format.text("settlement.stop.waits", again);
    }

    /** Returns a month by name, with its year. */
    public String month(YearMonth month) {
        return invoices.month(month);
    }
}
