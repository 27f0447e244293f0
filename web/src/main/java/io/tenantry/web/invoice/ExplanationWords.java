package io.tenantry.web.invoice;

import io.tenantry.invoicing.Explanation;
import io.tenantry.invoicing.Explanation.Corrected;
import io.tenantry.invoicing.Explanation.Dunned;
import io.tenantry.invoicing.Explanation.Hours;
import io.tenantry.invoicing.Explanation.Missing;
import io.tenantry.invoicing.Explanation.Pack;
import io.tenantry.invoicing.Explanation.Transfer;
import io.tenantry.invoicing.LineTax;
import io.tenantry.money.Money;
import io.tenantry.web.shell.Countries;
import io.tenantry.web.shell.Fmt;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Why a line is what it is, in words. */
@Named
@RequestScoped
public class ExplanationWords {
    @Inject
    Fmt fmt;

    @Inject
    Countries countries;

    @Inject
    InvoiceWords papers;

    /** What the line is for. */
    public String title(Explanation it) {
        return Stream.of(it.line().name(), papers.what(it.line()))
                .filter(part -> !part.isEmpty())
                .distinct()
                .reduce((one, other) -> one + " \u00b7 " + other)
                .orElse("");
    }

    /** Where it stands. */
    public String standing(Explanation it) {
        return it.document()
                .map(at -> fmt.text("explain.standing", at.document().number(), at.position()))
                .orElseGet(() -> fmt.text("explain.standing.none"));
    }

    /** How its amount comes about, step by step. */
    public String sum(Explanation it) {
        var line = it.line();
        var sum = fmt.text("charge.how.hours", fmt.number(line.quantity()), exact(line.unitPrice()));
        var rise = line.surcharge().isPositive()
                ? sum + " + " + fmt.text("charge.how.rise", exact(line.surcharge()))
                : sum;
        return papers.isCapped(line) ? fmt.text("explain.sum.cut", rise, exact(line.amount())) : rise;
    }

    /** Why the month costs no more, and how much of that was left when these hours began. */
    public String cap(Hours hours) {
        return hours.spentBefore().isZero()
                ? fmt.text("explain.cap", exact(hours.monthCap()))
                : fmt.text("explain.cap.less", exact(hours.monthCap()), exact(hours.spentBefore()), exact(hours.cap()));
    }

    /** Hours that no charge tells, because the month cost no more. */
    public String free(Explanation it, Hours hours) {
        var free = it.line().quantity().intValueExact() - hours.told();
        return free > 0 ? fmt.text("explain.free", fmt.number(free)) : "";
    }

    /** How it is taxed. */
    public String tax(LineTax bears) {
        return fmt.text("invoice.tax.line." + bears.treatment(), fmt.rate(bears.percent()));
    }

    /** Whose tax it is, or where the buyer is if none is owed. */
    public String place(String code) {
        return code.isEmpty() ? "\u2013" : countries.name(code);
    }

    /** What an entry belongs to, a sentence each. */
    public List<String> about(Explanation.About about) {
        if (about instanceof Transfer bill) {
            return transfer(bill);
        }
        if (about instanceof Pack pack) {
            return List.of(
                    fmt.text("explain.pack", fmt.size(pack.bytes()), pack.boughtBy()),
                    pack.expiresAt()
                            .map(at -> fmt.text("explain.pack.until", day(at)))
                            .orElseGet(() -> fmt.text("explain.pack.used")));
        }
        if (about instanceof Missing missing) {
            return List.of(fmt.text("explain.missing", fmt.date(missing.since(), "moment")));
        }
        if (about instanceof Dunned step) {
            return List.of(fmt.text("explain.dunned", step.nth(), fmt.money(step.missing())));
        }
        if (about instanceof Corrected corrected) {
            return List.of(fmt.text("explain.corrected", corrected.document().number(), corrected.position()));
        }
        return List.of();
    }

    private List<String> transfer(Transfer bill) {
        var beyond = bill.overBytes() - bill.prepaidBytes();
        return Stream.of(
                        fmt.text("explain.transfer.span", day(bill.from()), day(bill.to())),
                        fmt.text("explain.transfer.used", fmt.size(bill.usedBytes()), fmt.size(bill.includedBytes())),
                        bill.prepaidBytes() > 0
                                ? fmt.text("explain.transfer.prepaid", fmt.size(bill.prepaidBytes()))
                                : "",
                        fmt.text("explain.transfer.beyond", fmt.size(beyond), exact(bill.perGib())))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /**
     * Where what an entry belongs to has its page; empty if it has none.
     *
     * @param place below which pages are
     */
    public String lead(String place, boolean isStaff, Explanation it) {
        var about = it.entry().flatMap(Explanation.Entry::about).orElse(null);
        var whose = "?organization=" + it.organizationId();
        if (about instanceof Corrected corrected) {
            return InvoiceWords.why(place + "/invoice", corrected.origin());
        }
        if (about instanceof Transfer || about instanceof Pack) {
            return isStaff ? "/staff/pool" + whose : "/portal/transfer";
        }
        if (about instanceof Missing missing && isStaff) {
            return (missing.isOption() ? "/staff/option-finding?id=" : "/staff/finding?id=") + missing.findingId();
        }
        return about instanceof Dunned && isStaff ? "/staff/debtor" + whose : "";
    }

    private String day(Instant instant) {
        return papers.day(instant);
    }

    private String exact(Money money) {
        return fmt.money(money, true, false);
    }
}
