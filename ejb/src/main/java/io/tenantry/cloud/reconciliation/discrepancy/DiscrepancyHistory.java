package io.tenantry.cloud.reconciliation.discrepancy;

import io.tenantry.tenancy.Row;
import java.time.Instant;
import java.util.Optional;

/**
 * What has become of a finding until now. Times are real ones, also in a demo whose clock was moved.
 *
 * @param confirmedAt since when it is certain
 * @param deed what is to be done about it
 * @param asked when the vendor was, and who decided it
 * @param reason why it may be so
 * @param resolution how it came to its end
 */
public record DiscrepancyHistory(
        State state,
        Optional<Instant> confirmedAt,
        Optional<RepairAction> deed,
        Decided asked,
        Decided dismissed,
        Optional<String> reason,
        Decided resolved,
        Optional<String> resolution) {
    /** What it is read from, of a table {@code f}. */
    public static final String COLUMNS =
            "f.state, f.confirmed_at, f.deed, f.decided_by, f.asked_at, f.dismissed_at, f.dismissed_by, "
                    + "f.reason, f.resolved_at, f.resolved_by, f.resolution";

    /** Where a finding stands. */
    public enum State {
        OPEN,
        /** Staff have said that it may be so. */
        DISMISSED,
        /** It is not so any more, or was put right. */
        RESOLVED
    }

    /** Somebody decided something at a moment; of what was decided by rule there is nobody. */
    public record Decided(Optional<Instant> at, Optional<String> by) {}

    /** Of a row with these columns. */
    public static DiscrepancyHistory of(Row row) {
        return new DiscrepancyHistory(
                State.valueOf(row.text("state")),
                row.maybeInstant("confirmed_at"),
                row.maybeText("deed").map(RepairAction::valueOf),
                new Decided(row.maybeInstant("asked_at"), row.maybeText("decided_by")),
                new Decided(row.maybeInstant("dismissed_at"), row.maybeText("dismissed_by")),
                row.maybeText("reason"),
                new Decided(row.maybeInstant("resolved_at"), row.maybeText("resolved_by")),
                row.maybeText("resolution"));
    }

    /** Whether somebody may decide something about it. */
    public boolean isToDecide() {
        return isCertain() && deed.isEmpty();
    }

    /** Whether it may be left as it is: nothing was asked of a vendor yet. */
    public boolean isToLeave() {
        return isCertain() && asked.at().isEmpty();
    }

    private boolean isCertain() {
        return state == State.OPEN && confirmedAt.isPresent();
    }
}
