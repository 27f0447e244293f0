package io.tenantry.billing.bank;

import io.tenantry.billing.bank.BankTransactions.MatchReason;
import io.tenantry.billing.bank.BankTransactions.State;
import io.tenantry.tenancy.Row;
import java.util.Optional;

/** Warnings against crediting a bank line: such a line is credited individually, after a person has confirmed that the warning was checked. */
final class CreditWarning {
    private CreditWarning() {}

    /** Whether the reason for which a line waits warns of a wrong credit. */
    static boolean is(MatchReason matchReason) {
        return switch (matchReason) {
            case SIMILAR, REVERSED, MANUAL, TOTALS, CHANGED, RETURNED -> true;
            case REFERENCE, DIGITS, PAYER, DOCUMENT, NAME, AMBIGUOUS, UNKNOWN, CURRENCY, OUTGOING, ENTERED, RETURN ->
                false;
        };
    }

    /** Returns the warning of a line that waits for its credit; its return may have been imported after it. */
    static Optional<MatchReason> of(Row row) {
        var waits = row.text("state").equals(State.OPEN.name())
                && row.decimal("amount").signum() > 0;
        var matchReason = row.flag("countered") ? MatchReason.RETURNED : MatchReason.valueOf(row.text("match_reason"));
        return Optional.of(matchReason).filter(reason -> waits && is(reason));
    }
}
