package io.tenantry.cloud.reconciliation.discrepancy;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.WorkItems;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The workflow of the discrepancies of one table: tables differ in what was observed, and share the {@link DiscrepancyHistory} of it. Joins the
 * caller's transaction, which has locked the discrepancy and checked that the decision is still valid; requires no permission.
 *
 * @param table the table, and the subject in the audit trail
 * @param work the kind of the work items that carry out repairs at the provider
 */
public record DiscrepancyWorkflow(String table, String work) {
    /** Dismisses a discrepancy in the name of the current user: nothing more is done about it. */
    public void dismiss(Sql sql, UUID id, String reason) {
        change(
                sql,
                "state = 'DISMISSED', dismissed_at = clock_timestamp(), dismissed_by = ?, reason = ?, action = null, decided_by = null",
                Actors.require().name(),
                reason,
                id);
    }

    /** Reopens a dismissed discrepancy. */
    public void takeUp(Sql sql, UUID id) {
        change(sql, "state = 'OPEN', dismissed_at = null, dismissed_by = null, reason = null", id);
    }

    /** Resolves a discrepancy in the name of the current user. */
    public void resolve(Sql sql, UUID id, String resolution) {
        change(
                sql,
                "state = 'RESOLVED', resolved_at = clock_timestamp(), resolution = ?, resolved_by = ?",
                resolution,
                Actors.require().name(),
                id);
    }

    /**
     * Orders a repair. Each order has its own work item, since one that failed may be ordered again.
     *
     * @param by who decided it; null if it was decided by rule
     */
    public void order(Sql sql, WorkItems items, UUID id, RepairAction repairAction, @Nullable String by) {
        var repairs = sql.one(
                "update " + table
                        + " set action = ?, action_count = action_count + 1, decided_by = ?, requested_at = null where id = ? returning action_count",
                row -> row.whole("action_count"),
                repairAction,
                by,
                id);
        items.write(work, id + ":" + repairs, id);
    }

    /** Records that the provider is about to be asked, and returns the time since the first request. */
    public Duration ask(Sql sql, UUID id) {
        return sql.one(
                "update " + table + " set requested_at = coalesce(requested_at, clock_timestamp()) where id = ?"
                        + " returning extract(epoch from clock_timestamp() - requested_at)::bigint as seconds",
                row -> Duration.ofSeconds(row.big("seconds")),
                id);
    }

    /** Records a decision in the audit trail, and updates open pages of discrepancies. */
    public ResolutionOutcome done(Sql sql, AuditTrail audit, String action, UUID id, Map<String, ?> facts) {
        audit.record(action, table, id.toString(), facts);
        signalChange(sql);
        return ResolutionOutcome.DONE;
    }

    /** Updates open pages of discrepancies. */
    public static void signalChange(Sql sql) {
        Signals.publish(sql, Signal.Kind.DISCREPANCY, Signal.EVERYBODY);
    }

    private void change(Sql sql, String values, @Nullable Object... parameters) {
        sql.update("update " + table + " set " + values + " where id = ?", parameters);
    }
}
