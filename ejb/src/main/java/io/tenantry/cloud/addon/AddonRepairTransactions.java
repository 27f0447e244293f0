package io.tenantry.cloud.addon;

import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provider.ResourceTag;
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
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The transactions of repairing a discrepancy at a provider, as {@link AddonTransactions}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AddonRepairTransactions {
    /**
     * Whether a discrepancy {@code f} of an add-on {@code o} may still be repaired: an unpaid resource is still neither paid for nor ordered,
     * and a paid one still is, with the same ID and no other change requested.
     */
    static final String RIGHT = """
            coalesce(case
              when f.kind <> 'UNKNOWN_ADDON' then
                o.state = 'ACTIVE' and o.pending_action is null
                and f.provider_ref = case o.kind when 'BACKUP' then (select h.provider_ref from service h where h.id = o.service_id)
                                                else o.provider_ref end
              when f.addon_kind = 'BACKUP' then
                exists (select from service h where h.id = f.service_id and h.provider_ref = f.provider_ref and h.state in ('ACTIVE', 'SUSPENDED'))
                and not exists (select from addon b
                                 where b.service_id = f.service_id and b.kind = 'BACKUP' and b.state in ('ORDERED', 'ACTIVE', 'TERMINATING'))
              when f.addon_kind = 'ADDRESS' then
                o.state in ('TERMINATED', 'FAILED')
                and not exists (select from addon b
                                 where b.service_id = f.service_id and b.kind = 'ADDRESS'
                                   and (b.state = 'ORDERED' or b.state in ('ACTIVE', 'TERMINATING') and b.provider_ref = f.provider_ref))
              else o.state in ('TERMINATED', 'FAILED') or o.state = 'ACTIVE' and o.pending_action is null and o.provider_ref <> f.provider_ref end, false)""";

    private static final String ORDER =
            """
            select f.account, f.addon_kind, f.provider_ref, f.resource_tag, f.action, f.service_id, coalesce(s.provider_ref, '') as server_id,
                   o.policy, ${servers} as servers, ${right} as is_right
              from addon_discrepancy f
              join service s on s.id = f.service_id
              left join addon o on o.id = f.addon_id
             where f.id = ? and f.state = 'OPEN' and f.action is not null and f.id || ':' || f.action_count = ?
            """.replace("${servers}", SnapshotTransactions.SERVERS).replace("${right}", RIGHT);

    @Inject
    Sql sql;

    @Inject
    WorkItems items;

    @Inject
    AddonRepository records;

    /** For the container. */
    public AddonRepairTransactions() {}

    /** For use outside a container. */
    AddonRepairTransactions(Sql sql, WorkItems items, AddonRepository records) {
        this.sql = sql;
        this.items = items;
        this.records = records;
    }

    /**
     * The repair to carry out.
     *
     * @param upstreamId the provider's ID of the resource; for backups, of their server
     * @param mark the resource tag that it must have, where it can have one
     * @param serverId the provider's ID of its server
     * @param servers that ID and the one that the server had when a snapshot of it was taken
     * @param policy the backup frequency that is paid for; empty where it could not be chosen
     */
    public record AddonRepairOrder(
            String account,
            AddonType of,
            String upstreamId,
            String mark,
            RepairAction repairAction,
            UUID serviceId,
            String serverId,
            List<String> servers,
            Optional<Policy> policy) {
        public AddonRepairOrder {
            servers = List.copyOf(servers);
        }

        /** Returns the resource tag that its server must have. */
        ResourceTag serverMark() {
            return new ResourceTag(serviceId);
        }
    }

    private record DecidedRepair(AddonRepairOrder order, boolean isRight) {}

    /** Returns the decided repair; empty if there is nothing left to do. A repair that is no longer valid is canceled. */
    public Optional<AddonRepairOrder> read(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        return rightly(claimedWorkItem);
    }

    /**
     * Records that the provider is about to be asked. From then on the decision cannot be revoked.
     *
     * @return time since the first request; empty if there is nothing left to do
     */
    public Optional<Duration> ask(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        sql.query("""
                select s.id from service s join addon_discrepancy f on f.service_id = s.id where f.id = ? for no key update of s
                """, row -> row.uuid("id"), claimedWorkItem.subject());
        sql.query(
                "select id from addon_discrepancy where id = ? for update",
                row -> row.uuid("id"),
                claimedWorkItem.subject());
        if (rightly(claimedWorkItem).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(AddonDiscrepancies.DOCKET.ask(sql, claimedWorkItem.subject()));
    }

    /** Records that the provider no longer has it. */
    public void gone(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        resolve(claimedWorkItem, "DELETED");
    }

    /** Records that the backups are on. */
    public void on(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        if (resolve(claimedWorkItem, "SWITCHED")) {
            sql.query(
                            "select addon_id from addon_discrepancy where id = ?",
                            row -> row.uuid("addon_id"),
                            claimedWorkItem.subject())
                    .forEach(option -> records.recordEvent(records.read(option), "on_again"));
        }
    }

    /** Cancels a repair whose resource now belongs to someone else, or that failed: nothing more is done, and staff may decide again. */
    public void callOff(ClaimedWorkItem claimedWorkItem, String words) {
        items.hold(claimedWorkItem);
        forget(claimedWorkItem, words);
    }

    private boolean resolve(ClaimedWorkItem claimedWorkItem, String resolution) {
        var rows = sql.update("""
                update addon_discrepancy
                   set state = 'RESOLVED', resolved_at = clock_timestamp(), resolution = case when requested_at is null then 'GONE' else ? end
                 where id = ? and state = 'OPEN'
                """, resolution, claimedWorkItem.subject());
        DiscrepancyWorkflow.signalChange(sql);
        return rows == 1;
    }

    private Optional<AddonRepairOrder> rightly(ClaimedWorkItem claimedWorkItem) {
        var decided =
                sql.first(ORDER, AddonRepairTransactions::decided, claimedWorkItem.subject(), claimedWorkItem.key());
        if (decided.isPresent() && !decided.get().isRight()) {
            forget(claimedWorkItem, "");
        }
        return decided.filter(DecidedRepair::isRight).map(DecidedRepair::order);
    }

    private void forget(ClaimedWorkItem claimedWorkItem, String words) {
        sql.update("""
                update addon_discrepancy set action = null, decided_by = null, requested_at = null, failure = ? where id = ? and state = 'OPEN'
                """, words, claimedWorkItem.subject());
        DiscrepancyWorkflow.signalChange(sql);
    }

    private static DecidedRepair decided(Row row) {
        var addonRepairOrder = new AddonRepairOrder(
                row.text("account"),
                AddonType.valueOf(row.text("addon_kind")),
                row.text("provider_ref"),
                row.text("resource_tag"),
                RepairAction.valueOf(row.text("action")),
                row.uuid("service_id"),
                row.text("server_id"),
                row.texts("servers"),
                row.maybeText("policy").map(Policy::valueOf));
        return new DecidedRepair(addonRepairOrder, row.flag("is_right"));
    }
}
