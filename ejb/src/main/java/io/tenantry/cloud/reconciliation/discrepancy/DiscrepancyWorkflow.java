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
 * The findings of one table, as they are decided: tables differ in what was seen, and are alike in the {@link DiscrepancyHistory} of it. Joins the caller's
 * transaction, which holds the finding and knows that the decision is not too late; asks nobody for permission.
 *
 * @param table whose rows they are, and what the audit trail calls them
 * @param work the kind of work by which something is done about them at their vendor
 */
public record DiscrepancyWorkflow(String table, String work) {
    /** It may be so, says whoever acts: nothing is done about it any more. */
    public void dismiss(Sql sql, UUID id, String reason) {
        change(
                sql,
                "state = 'DISMISSED', dismissed_at = clock_timestamp(), dismissed_by = ?, reason = ?, deed = null, decided_by = null",
                Actors.require().name(),
                reason,
                id);
    }

    /** It may not be so after all. */
    public void takeUp(Sql sql, UUID id) {
        change(sql, "state = 'OPEN', dismissed_at = null, dismissed_by = null, reason = null", id);
    }

    /** It was put right by whoever acts. */
    public void resolve(Sql sql, UUID id, String resolution) {
        change(
                sql,
                "state = 'RESOLVED', resolved_at = clock_timestamp(), resolution = ?, resolved_by = ?",
                resolution,
                Actors.require().name(),
                id);
    }

    /**
     * Has something done about it. Each order is work of its own, for one that came to nothing may be given again.
     *
     * @param by who decided it; nobody, if it is by rule
     */
    public void order(Sql sql, WorkItems items, UUID id, RepairAction repairAction, @Nullable String by) {
        var deeds = sql.one(
                "update " + table
                        + " set deed = ?, deeds = deeds + 1, decided_by = ?, asked_at = null where id = ? returning deeds",
                row -> row.whole("deeds"),
                repairAction,
                by,
                id);
        items.write(work, id + ":" + deeds, id);
    }

    /** The vendor is about to be asked: tells how long ago it was asked first. */
    public Duration ask(Sql sql, UUID id) {
        return sql.one(
                "update " + table + " set asked_at = coalesce(asked_at, clock_timestamp()) where id = ?"
                        + " returning extract(epoch from clock_timestamp() - asked_at)::bigint as seconds",
                row -> Duration.ofSeconds(row.big("seconds")),
                id);
    }

    /** Records what was decided, and tells those who look at findings. */
    public ResolutionOutcome done(Sql sql, AuditTrail audit, String action, UUID id, Map<String, ?> facts) {
        audit.record(action, table, id.toString(), facts);
        tell(sql);
        return ResolutionOutcome.DONE;
    }

    /** Tells those who look at findings that something has become of one. */
    public static void tell(Sql sql) {
        Signals.publish(sql, Signal.Kind.FINDING, Signal.EVERYBODY);
    }

    private void change(Sql sql, String values, @Nullable Object... parameters) {
        sql.update("update " + table + " set " + values + " where id = ?", parameters);
    }
}
