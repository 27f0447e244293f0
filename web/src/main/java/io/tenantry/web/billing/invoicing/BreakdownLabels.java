package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.invoicing.LineBreakdown;
import io.tenantry.billing.invoicing.LineBreakdown.CorrectedLine;
import io.tenantry.billing.invoicing.LineBreakdown.Hours;
import io.tenantry.billing.invoicing.LineBreakdown.LateFeeOrigin;
import io.tenantry.billing.invoicing.LineBreakdown.MissingResource;
import io.tenantry.billing.invoicing.LineBreakdown.Pack;
import io.tenantry.billing.invoicing.LineBreakdown.Transfer;
import io.tenantry.billing.invoicing.LineTax;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.layout.Countries;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Explanations of an invoice line. */
@Named
@RequestScoped
public class BreakdownLabels {
    @Inject
    Format format;

    @Inject
    Countries countries;

    @Inject
    InvoiceLabels invoiceLabels;

    /** Returns what the line is for. */
    public String title(LineBreakdown it) {
        return Stream.of(it.line().name(), invoiceLabels.what(it.line()))
                .filter(part -> !part.isEmpty())
                .distinct()
                .reduce((one, other) -> one + " \u00b7 " + other)
                .orElse("");
    }

    /** Returns the document and position of the line. */
    public String status(LineBreakdown it) {
        return it.document()
                .map(at -> format.text("explain.document", at.document().number(), at.position()))
                .orElseGet(() -> format.text("explain.document.none"));
    }

    /** Returns the calculation of its amount, step by step. */
    public String sum(LineBreakdown it) {
        var line = it.line();
        var sum = format.text("charge.how.hours", format.number(line.quantity()), exact(line.unitPrice()));
        var increase = line.surcharge().isPositive()
                ? sum + " + " + format.text("charge.how.upgrade", exact(line.surcharge()))
                : sum;
        return invoiceLabels.isCapped(line) ? format.text("explain.sum.cut", increase, exact(line.amount())) : increase;
    }

    /** Returns the explanation of the monthly cap, and how much of it was left when these hours started. */
    public String cap(Hours hours) {
        return hours.spentBefore().isZero()
                ? format.text("explain.cap", exact(hours.monthCap()))
                : format.text(
                        "explain.cap.less", exact(hours.monthCap()), exact(hours.spentBefore()), exact(hours.cap()));
    }

    /** Returns the number of hours that appear in no charge because of the monthly cap. */
    public String free(LineBreakdown it, Hours hours) {
        var free = it.line().quantity().intValueExact() - hours.explained();
        return free > 0 ? format.text("explain.free", format.number(free)) : "";
    }

    /** Returns the tax treatment of the line. */
    public String tax(LineTax bears) {
        return format.text("invoice.tax.line." + bears.treatment(), format.rate(bears.percent()));
    }

    /** Returns the place whose tax applies, or the buyer's place if no tax is due. */
    public String place(String code) {
        return code.isEmpty() ? "\u2013" : countries.name(code);
    }

    /** Returns what an entry belongs to, one sentence each. */
    public List<String> about(LineBreakdown.EntrySubject entrySubject) {
        if (entrySubject instanceof Transfer bill) {
            return transfer(bill);
        }
        if (entrySubject instanceof Pack pack) {
            return List.of(
                    format.text("explain.pack", format.size(pack.bytes()), pack.boughtBy()),
                    pack.expiresAt()
                            .map(at -> format.text("explain.pack.until", day(at)))
                            .orElseGet(() -> format.text("explain.pack.used")));
        }
        if (entrySubject instanceof MissingResource missingResource) {
            return List.of(format.text("explain.missing", format.date(missingResource.since(), "moment")));
        }
        if (entrySubject instanceof LateFeeOrigin step) {
            return List.of(format.text("explain.dunning-step", step.nth(), format.money(step.missing())));
        }
        if (entrySubject instanceof CorrectedLine correctedLine) {
            return List.of(
                    format.text("explain.corrected", correctedLine.document().number(), correctedLine.position()));
        }
        return List.of();
    }

    private List<String> transfer(Transfer bill) {
        var beyond = bill.overBytes() - bill.prepaidBytes();
        return Stream.of(
                        format.text("explain.transfer.span", day(bill.from()), day(bill.to())),
                        format.text(
                                "explain.transfer.used",
                                format.size(bill.usedBytes()),
                                format.size(bill.includedBytes())),
                        bill.prepaidBytes() > 0
                                ? format.text("explain.transfer.prepaid", format.size(bill.prepaidBytes()))
                                : "",
                        format.text("explain.transfer.beyond", format.size(beyond), exact(bill.perGib())))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /**
     * Returns the address of the page of what an entry belongs to; empty if there is none.
     *
     * @param place the path below which the pages are
     */
    public String lead(String place, boolean isStaff, LineBreakdown it) {
        var entrySubject = it.entry().flatMap(LineBreakdown.Entry::about).orElse(null);
        var owner = "?organization=" + it.organizationId();
        if (entrySubject instanceof CorrectedLine correctedLine) {
            return InvoiceLabels.why(place + "/invoice", correctedLine.origin());
        }
        if (entrySubject instanceof Transfer || entrySubject instanceof Pack) {
            return isStaff ? "/staff/customer-transfer" + owner : "/portal/transfer";
        }
        if (entrySubject instanceof MissingResource missingResource && isStaff) {
            return (missingResource.isOption() ? "/staff/addon-discrepancy?id=" : "/staff/discrepancy?id=")
                    + missingResource.discrepancyId();
        }
        return entrySubject instanceof LateFeeOrigin && isStaff ? "/staff/customer-dunning" + owner : "";
    }

    private String day(Instant instant) {
        return invoiceLabels.day(instant);
    }

    private String exact(Money money) {
        return format.money(money, true, false);
    }
}
