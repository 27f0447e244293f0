package io.tenantry.billing.adjustment;

import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.wallet.Wallets.Counterpart;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Category of the reason for an adjustment; the reason itself is a sentence. */
public enum AdjustmentReason {
    GOODWILL(Kind.CREDIT),
    /** A service did not work. */
    OUTAGE(Kind.CREDIT),
    /** An incorrect charge that is on no invoice yet. */
    MISTAKE(Kind.CREDIT),
    /** A payment received, such as by bank transfer, and recorded manually. */
    PAYMENT(Kind.CREDIT),
    INSOLVENT(Kind.WRITE_OFF),
    UNREACHABLE(Kind.WRITE_OFF),
    DISPUTED(Kind.WRITE_OFF),
    /** Collecting the debt would cost more than it is worth. */
    UNECONOMICAL(Kind.WRITE_OFF),
    /** Corrects lines of an invoice, or all of it; the reason on the document gives the details. */
    CORRECTION(null),
    /** A credit limit; the reason gives the details. */
    ALLOWANCE(Kind.CREDIT_LIMIT),
    /** Any kind except documents and credit limits. */
    OTHER(null);

    private final @Nullable Kind only;

    AdjustmentReason(@Nullable Kind only) {
        this.only = only;
    }

    /** The account that funds a credit with this reason. */
    public Counterpart counterpart() {
        return this == PAYMENT ? Counterpart.CASH : Counterpart.ADJUSTMENT;
    }

    /** Whether this reason applies to a kind. */
    public boolean isFor(Kind kind) {
        return (this == CORRECTION) == kind.isDocument()
                && (this == ALLOWANCE) == (kind == Kind.CREDIT_LIMIT)
                && (only == null || only == kind);
    }

    /** Returns the reasons for a kind, in the order in which forms show them. */
    public static List<AdjustmentReason> of(Kind kind) {
        return Arrays.stream(values())
                .filter(adjustmentReason -> adjustmentReason.isFor(kind))
                .toList();
    }
}
