package io.tenantry.web.billing.bank;

import io.tenantry.billing.bank.RowPlan;
import io.tenantry.billing.bank.StatementImportQuery.PlanTotal;
import io.tenantry.billing.bank.StatementImportQuery.StatedFigure;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The amounts of a bank file, as money and as text. */
@Named
@RequestScoped
public class StatementAmounts {
    @Inject
    Format format;

    /** Returns a sum as money; null if it is zero or has no currency, which ISO 4217 writes as XXX. */
    public @Nullable Money money(BigDecimal amount, Currency currency) {
        return amount.signum() == 0 || currency.getCurrencyCode().equals("XXX") ? null : new Money(amount, currency);
    }

    /** Returns an amount as money. */
    public Money exact(BigDecimal amount, Currency currency) {
        return new Money(amount, currency);
    }

    /** Returns a figure as text: a number of rows, or an amount. */
    public String figure(StatedFigure figure, @Nullable BigDecimal value) {
        if (value == null) {
            return "–";
        }
        return figure.figure().endsWith("COUNT")
                ? format.number(value)
                : format.money(new Money(value, figure.currency()));
    }

    /** Returns what posting these rows credits immediately, as a sentence. */
    public String creditPreview(List<PlanTotal> planTotals) {
        var credits = planTotals.stream()
                .filter(total -> total.plan() == RowPlan.CREDIT)
                .toList();
        return credits.isEmpty()
                ? format.text("bank.import.promise.none")
                : format.text(
                        "bank.import.promise",
                        credits.stream().mapToInt(PlanTotal::count).sum(),
                        credits.stream()
                                .map(total -> format.money(new Money(total.incoming(), total.currency())))
                                .collect(Collectors.joining(" + ")));
    }
}
