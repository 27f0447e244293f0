package io.tenantry.billing.adjustment;

import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.wallet.Wallets.Counterpart;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why something is given up, in a word; the reason says it in a sentence. */
public enum AdjustmentReason {
    GOODWILL(Kind.CREDIT),
    /** Something did not work. */
    OUTAGE(Kind.CREDIT),
    /** Something was charged that should not have been, and is on no invoice yet. */
    MISTAKE(Kind.CREDIT),
    /** Money came in, such as by bank, and is noted by hand. */
    PAYMENT(Kind.CREDIT),
    INSOLVENT(Kind.WRITE_OFF),
    UNREACHABLE(Kind.WRITE_OFF),
    DISPUTED(Kind.WRITE_OFF),
    /** To pursue it would cost more. */
    NOT_WORTH(Kind.WRITE_OFF),
    /** Lines of an invoice, or all of it; the reason on the document says the rest. */
    CORRECTION(null),
    /** A credit limit; the reason says the rest. */
    ALLOWANCE(Kind.CREDIT_LIMIT),
    /** For all but documents and credit limits. */
    OTHER(null);

    private final @Nullable Kind only;

    AdjustmentReason(@Nullable Kind only) {
        this.only = only;
    }

    /** Where money that is put in for it comes from. */
    public Counterpart counterpart() {
        return this == PAYMENT ? Counterpart.CASH : Counterpart.ADJUSTMENT;
    }

    /** Whether it is one for that. */
    public boolean isFor(Kind kind) {
        return (this == CORRECTION) == kind.isDocument()
                && (this == ALLOWANCE) == (kind == Kind.CREDIT_LIMIT)
                && (only == null || only == kind);
    }

    /** Those for that, in the order in which forms show them. */
    public static List<AdjustmentReason> of(Kind kind) {
        return Arrays.stream(values())
                .filter(adjustmentReason -> adjustmentReason.isFor(kind))
                .toList();
    }
}
