package io.tenantry.billing.invoicing;

import io.tenantry.billing.invoicing.CorrectedInvoice.Line;
import io.tenantry.billing.invoicing.CorrectionFault.Kind;
import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiPredicate;

/**
 * What a person typed to correct an invoice.
 *
 * @param id of the document
 * @param amounts by the position of the line, in the line's terms; none is zero
 * @param reason as documents state it
 * @param confirmed the total that the person agreed to, if it was stated before
 */
record CorrectionRequest(UUID id, SortedMap<Integer, BigDecimal> amounts, String reason, Optional<Money> confirmed) {

    static CorrectionRequest of(UUID id, Map<Integer, BigDecimal> amounts, String reason, Optional<Money> confirmed) {
        var wanted = new TreeMap<>(amounts);
        wanted.values().removeIf(amount -> amount.signum() == 0);
        return new CorrectionRequest(id, wanted, PostalAddress.line(reason), confirmed);
    }

    /**
     * Returns all faults of the input, at most one fault for each field.
     *
     * @param isPossible whether a line can be corrected by an amount
     */
    List<CorrectionFault> faults(CorrectedInvoice invoice, BiPredicate<Line, BigDecimal> isPossible) {
        var faults = new ArrayList<CorrectionFault>();
        if (InvoiceCorrector.reason(reason).isEmpty()) {
            faults.add(CorrectionFault.of(Kind.REASON));
        }
        if (amounts.isEmpty()) {
            faults.add(CorrectionFault.of(Kind.NOTHING));
        }
        var decimals = new TreeSet<Integer>();
        var unfit = new TreeSet<Integer>();
        amounts.forEach((position, amount) -> {
            var line = invoice.charged(position);
            if (line.isPresent()
                    && amount.stripTrailingZeros().scale() > invoice.currency().getDefaultFractionDigits()) {
                decimals.add(position);
            } else if (line.isEmpty() || amount.signum() < 0 || !isPossible.test(line.get(), amount)) {
                unfit.add(position);
            }
        });
        if (!decimals.isEmpty()) {
            faults.add(CorrectionFault.of(Kind.DECIMALS, decimals));
        }
        if (!unfit.isEmpty()) {
            faults.add(CorrectionFault.of(Kind.AMOUNT, unfit));
        }
        return faults;
    }

    /** Whether these faults leave amounts that can be added up. */
    static boolean isCountable(List<CorrectionFault> faults) {
        return faults.stream().allMatch(fault -> fault.kind() == Kind.REASON);
    }

    /**
     * Whether the total is the sum of the entered amounts, or was confirmed. All documents of an invoice are rounded together, so a total may
     * differ by a unit from that sum and must then be shown for confirmation first.
     */
    boolean isExpecting(Money total, CorrectedInvoice invoice) {
        return total.equals(typed(invoice)) || confirmed.filter(total::equals).isPresent();
    }

    private Money typed(CorrectedInvoice invoice) {
        return amounts.entrySet().stream()
                .map(one -> withTax(invoice.line(one.getKey()), one.getValue()))
                .reduce(Money.zero(invoice.currency()), Money::plus);
    }

    private static Money withTax(Line line, BigDecimal amount) {
        var currency = line.amount().currency();
        var whole = line.terms()
                .filter(terms -> !terms.isIncluded())
                .map(terms -> amount.add(amount.multiply(terms.rate())))
                .orElse(amount);
        return new Money(whole.setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP), currency);
    }
}
