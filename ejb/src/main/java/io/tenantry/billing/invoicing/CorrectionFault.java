package io.tenantry.billing.invoicing;

import io.tenantry.kernel.money.Money;
import java.util.Optional;
import java.util.Set;

/**
 * What is wrong with a requested correction of a document. All faults of a request are reported together.
 *
 * @param positions the lines whose amounts are concerned; empty if it is not about amounts
 * @param left what is left of the whole invoice, including tax; only if more than that was to be credited
 */
public record CorrectionFault(Kind kind, Set<Integer> positions, Optional<Money> left) {
    public CorrectionFault {
        positions = Set.copyOf(positions);
    }

    /** The kinds of faults. */
    public enum Kind {
        /** The reason is missing or too long. */
        REASON,
        /** There is no amount. */
        NOTHING,
        /** There are no such lines, or the amounts are invalid, or more than is left of the lines. */
        AMOUNT,
        /** The amounts have more decimals than the currency. */
        DECIMALS,
        /** The amounts are too small: the document would state nothing but zeros. */
        TOO_SMALL,
        /** The lines have that much left, but the whole invoice has less, because of refunds on it. */
        EXCEEDS_INVOICE
    }

    /** Creates a fault that is not about amounts of lines. */
    public static CorrectionFault of(Kind kind) {
        return new CorrectionFault(kind, Set.of(), Optional.empty());
    }

    /** Creates a fault of the amounts of lines. */
    public static CorrectionFault of(Kind kind, Set<Integer> positions) {
        return new CorrectionFault(kind, positions, Optional.empty());
    }
}
