package io.tenantry.cloud.reconciliation;

import io.tenantry.cloud.reconciliation.discrepancy.DiscrepancyWorkflow;
import io.tenantry.cloud.reconciliation.discrepancy.RepairAction;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/** The transactions of repairing a discrepancy, as {@link ReconciliationTransactions}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class RepairTransactions {
    /**
     * Selects the decision, unless it was revoked or is no longer valid: the service must still be over, a surplus server must not have become
     * its service's own, and the service must still be off or on.
     */
    private static final String ORDER = """
            select f.account, f.provider_ref, f.resource_tag, f.action, coalesce(s.state = 'SUSPENDED' and not s.suspended_by_network, false) as off
              from server_discrepancy f
              left join service s on s.id = f.service_id
             where f.id = ?
               and f.state = 'OPEN'
               and f.action is not null
               and f.id || ':' || f.action_count = ?
               and case f.kind when 'ORPHANED' then s.state in ('TERMINATED', 'FAILED')
                               when 'UNKNOWN_SERVER' then not exists (select from service o where o.id = substr(f.resource_tag, 5)::uuid)
                               when 'DUPLICATE' then s.provider_ref is distinct from f.provider_ref
                               else s.state in ('ACTIVE', 'SUSPENDED') end
            """;

    @Inject
    Sql sql;

    @Inject
    WorkItems items;

    /** For the container. */
    public RepairTransactions() {}

    /** For use outside a container. */
    RepairTransactions(Sql sql, WorkItems items) {
        this.sql = sql;
        this.items = items;
    }

    /**
     * The repair to carry out.
     *
     * @param isOff whether the service is suspended by its power, so that its server should not run
     */
    public record RepairOrder(
            String account, String upstreamId, String mark, RepairAction repairAction, boolean isOff) {}

    /** Returns the decided repair; empty if there is nothing left to do. */
    public Optional<RepairOrder> read(ClaimedWorkItem claimedWorkItem) {
        return order(claimedWorkItem);
    }

    /**
     * Records that the provider is about to be asked. From then on the decision cannot be revoked.
     *
     * @return time since the first request; empty if there is nothing left to do
     */
    public Optional<Duration> ask(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        sql.query(
                "select id from server_discrepancy where id = ? for update",
                row -> row.uuid("id"),
                claimedWorkItem.subject());
        if (order(claimedWorkItem).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Discrepancies.DOCKET.ask(sql, claimedWorkItem.subject()));
    }

    /** Records that the provider has no server with that ID. */
    public void gone(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        sql.update("""
                update server_discrepancy
                   set state = 'RESOLVED', resolved_at = clock_timestamp(),
                       resolution = case when requested_at is null then 'GONE' else 'DELETED' end
                 where id = ? and state <> 'RESOLVED'
                """, claimedWorkItem.subject());
        DiscrepancyWorkflow.signalChange(sql);
    }

    /** Cancels a repair whose ID now belongs to another server, or that failed: nothing more is done, and staff may decide again. */
    public void callOff(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        sql.update(
                "update server_discrepancy set action = null, decided_by = null, requested_at = null where id = ?",
                claimedWorkItem.subject());
        DiscrepancyWorkflow.signalChange(sql);
    }

    private Optional<RepairOrder> order(ClaimedWorkItem claimedWorkItem) {
        return sql.first(ORDER, RepairTransactions::orderOf, claimedWorkItem.subject(), claimedWorkItem.key());
    }

    private static RepairOrder orderOf(Row row) {
        return new RepairOrder(
                row.text("account"),
                row.text("provider_ref"),
                row.text("resource_tag"),
                RepairAction.valueOf(row.text("action")),
                row.flag("off"));
    }
}
