package io.tenantry.workqueue;

import io.tenantry.config.Settings;
import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Distributes work of all tenants and records its results. Each method is a separate transaction. A claim comes with a lease and a fencing
 * number; results of a late holder are refused.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class WorkQueue {
    /** The number of failed attempts after which an item is parked. */
    static final int ATTEMPTS_MAX = 10;

    /** The maximum number of items of one tenant processed at the same time on all nodes together, so that others are served too. */
    static final int OF_A_TENANT_MAX = 4;

    /** A pause that doubles with each attempt, from 15 seconds up to an hour. */
    private static final String PAUSE =
            "least(interval '1 hour', interval '15 seconds' * power(2, least(attempts, 12) - 1))";

    private static final String IS_FREE =
            "i.state = 'OPEN' and i.due_at <= clock_timestamp() and (i.lease_until is null or i.lease_until < clock_timestamp())";

    /** Tenants with due items, in turn: those with the fewest items in progress first, then the one served longest ago. */
    private static final String IN_TURN = """
            select t.tenant
              from unnest(?::text[]) as t (tenant)
             cross join lateral (
               select i.due_at
                 from work_item i
                where ${free}
                  and i.tenant = t.tenant
                  and i.kind = any (?)
                order by i.due_at
                limit 1) d
             cross join lateral (
               select count(*) as at_work
                 from work_item i
                where i.tenant = t.tenant and i.lease_until >= clock_timestamp()) b
             cross join lateral (select max(i.claimed_at) as served_at from work_item i where i.tenant = t.tenant) l
             where b.at_work < ?
             order by b.at_work, l.served_at nulls first, d.due_at, t.tenant
            """.replace("${free}", IS_FREE);

    private static final String CLAIM = """
            with next as (
              select i.id
                from work_item i
               where ${free}
                 and i.tenant = ?
                 and i.kind = any (?)
               order by i.due_at, i.id
               limit 1
                 for update skip locked
            )
            update work_item i
               set node = ?,
                   fence = i.fence + 1,
                   attempts = i.attempts + 1,
                   lease_until = clock_timestamp() + ?::interval,
                   claimed_at = clock_timestamp()
              from next n
             where i.id = n.id
            returning i.id, i.tenant, i.kind, i.key, i.subject, i.fence, i.attempts, i.written_at
            """.replace("${free}", IS_FREE);

    @Inject
    Sql sql;

    @Inject
    TenantDirectory tenants;

    @Inject
    Settings settings;

    /** For the container. */
    public WorkQueue() {}

    /** For use outside a container. */
    public WorkQueue(Sql sql, TenantDirectory tenants, Settings settings) {
        this.sql = sql;
        this.tenants = tenants;
        this.settings = settings;
    }

    /**
     * Claims the oldest due item of the tenant whose turn it is.
     *
     * @param kinds the kinds that the caller can process: another node may run a newer version
     */
    public Optional<ClaimedWorkItem> claim(Collection<String> kinds) {
        var known = kinds.toArray(String[]::new);
        var open = tenants.chargeable().stream()
                .map(Tenant::id)
                .map(TenantId::value)
                .toArray(String[]::new);
        return Tenancy.in(Scope.WORK, () -> {
            for (var tenant : sql.query(IN_TURN, row -> row.text("tenant"), open, known, OF_A_TENANT_MAX)) {
                var claimed = sql.first(
                        CLAIM,
                        WorkQueue::work,
                        tenant,
                        known,
                        settings.node(),
                        settings.work().lease().toString());
                if (claimed.isPresent()) {
                    return claimed;
                }
            }
            return Optional.empty();
        });
    }

    /** Marks the item as done. Returns whether the claim was still valid, like the methods below. */
    public boolean done(ClaimedWorkItem claimedWorkItem) {
        return end(claimedWorkItem, "state = 'DONE', ended_at = clock_timestamp(), attempts = 0, error = null");
    }

    /** Reschedules the item after the pause; its failed attempts are reset. */
    public boolean later(ClaimedWorkItem claimedWorkItem, Duration pause) {
        return end(
                claimedWorkItem,
                "attempts = 0, error = null, due_at = clock_timestamp() + ?::interval",
                pause.toString());
    }

    /** Records a failed attempt: the item is repeated after a pause that grows with each attempt. */
    public boolean failed(ClaimedWorkItem claimedWorkItem, String error, Duration pauseMin) {
        return end(
                claimedWorkItem,
                "error = ?, due_at = clock_timestamp() + greatest(?::interval, " + PAUSE + ")",
                error,
                pauseMin.toString());
    }

    /** Parks the item for a person. */
    public boolean park(ClaimedWorkItem claimedWorkItem, String why) {
        var isParked = end(claimedWorkItem, "state = 'PARKED', parked_at = clock_timestamp(), parked_reason = ?", why);
        if (isParked) {
            // Of everything done here, only parked items are shown to staff of the tenant.
            Tenancy.in(Scope.WORK, () -> {
                Signals.publish(sql, claimedWorkItem.tenant(), Signal.Kind.WORK, claimedWorkItem.id());
                return true;
            });
        }
        return isParked;
    }

    /** Whether no item is in progress, and none becomes due within that time. */
    public boolean isQuiet(Duration within) {
        var open = tenants.chargeable().stream()
                .map(Tenant::id)
                .map(TenantId::value)
                .toArray(String[]::new);
        return Tenancy.in(Scope.WORK, () -> sql.one("""
                        select not exists (select
                                             from work_item
                                            where tenant = any (?)
                                              and state = 'OPEN'
                                              and (due_at <= clock_timestamp() + ?::interval or lease_until >= clock_timestamp())) as quiet
                        """, row -> row.flag("quiet"), open, within.toString()));
    }

    /** Deletes the work of a tenant that is being removed; otherwise another of that name would inherit it. */
    public int forget(TenantId tenant) {
        return Tenancy.in(Scope.WORK, () -> sql.update("delete from work_item where tenant = ?", tenant.value()));
    }

    /** Deletes items that ended long ago. Keys that old are not used again: callers check the subject. */
    public int prune() {
        return Tenancy.in(
                Scope.WORK,
                () -> sql.update("delete from work_item where ended_at < clock_timestamp() - interval '90 days'"));
    }

    private boolean end(ClaimedWorkItem claimedWorkItem, String what, String... values) {
        var parameters = new ArrayList<@Nullable Object>(List.of(values));
        parameters.add(claimedWorkItem.id());
        parameters.add(claimedWorkItem.fence());
        return Tenancy.in(Scope.WORK, () -> {
            var rows = sql.update(
                    "update work_item set lease_until = null, " + what
                            + " where id = ? and fence = ? and state = 'OPEN'",
                    parameters.toArray());
            if (rows == 1) {
                Signals.publish(sql, Signal.Kind.WORK, claimedWorkItem.id());
            }
            return rows == 1;
        });
    }

    private static ClaimedWorkItem work(Row row) {
        return new ClaimedWorkItem(
                row.big("id"),
                new TenantId(row.text("tenant")),
                row.text("kind"),
                row.text("key"),
                row.uuid("subject"),
                row.big("fence"),
                row.whole("attempts"),
                row.instant("written_at"));
    }
}
