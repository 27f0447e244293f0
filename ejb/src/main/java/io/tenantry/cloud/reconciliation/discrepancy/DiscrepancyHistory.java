package io.tenantry.cloud.reconciliation.discrepancy;

import io.tenantry.tenancy.Row;
import java.time.Instant;
import java.util.Optional;

/**
 * The history of a discrepancy. Times are real time, also in a demo whose clock was moved.
 *
 * @param confirmedAt when it was confirmed
 * @param repairAction the repair to be carried out
 * @param asked when the provider was first asked, and who decided the repair
 * @param reason why it was dismissed
 * @param resolution how it was resolved
 */
public record DiscrepancyHistory(
        State state,
        Optional<Instant> confirmedAt,
        Optional<RepairAction> repairAction,
        Decision asked,
        Decision dismissed,
        Optional<String> reason,
        Decision resolved,
        Optional<String> resolution) {
    /** The columns that it is read from, of a table {@code f}. */
    public static final String COLUMNS =
            "f.state, f.confirmed_at, f.action, f.decided_by, f.requested_at, f.dismissed_at, f.dismissed_by, "
                    + "f.reason, f.resolved_at, f.resolved_by, f.resolution";

    /** The state of a discrepancy. */
    public enum State {
        OPEN,
        /** Dismissed by staff. */
        DISMISSED,
        /** No longer observed, or corrected. */
        RESOLVED
    }

    /** A decision at a moment by a person; without a person if it was made by rule. */
    public record Decision(Optional<Instant> at, Optional<String> by) {}

    /** Reads the history from a row with these columns. */
    public static DiscrepancyHistory of(Row row) {
        return new DiscrepancyHistory(
                State.valueOf(row.text("state")),
                row.maybeInstant("confirmed_at"),
                row.maybeText("action").map(RepairAction::valueOf),
                new Decision(row.maybeInstant("requested_at"), row.maybeText("decided_by")),
                new Decision(row.maybeInstant("dismissed_at"), row.maybeText("dismissed_by")),
                row.maybeText("reason"),
                new Decision(row.maybeInstant("resolved_at"), row.maybeText("resolved_by")),
                row.maybeText("resolution"));
    }

    /** Whether it can be decided. */
    public boolean isToDecide() {
        return isCertain() && repairAction.isEmpty();
    }

    /** Whether it can be dismissed, since no request was sent to the provider yet. */
    public boolean isToLeave() {
        return isCertain() && asked.at().isEmpty();
    }

    private boolean isCertain() {
        return state == State.OPEN && confirmedAt.isPresent();
    }
}
