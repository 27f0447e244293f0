package io.tenantry.cloud.transfer;

import io.tenantry.people.identity.Permission;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * Notifies the members of organizations that the transfer included in their plans together is nearly used up, or used up: each once per period,
 * and the former not after the latter. Only where overage has a price. Each method is one transaction of the tenant, while the work item is
 * held.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class UsageAlerts {
    private static final int ALL = 100;

    private static final String TELL = PoolQuery.OF_ALL + """
            , fresh as (
              select r.*
                from (select p.*, case when p.used >= p.included then 100 else 80 end as percent
                        from pool p
                       where p.used > 0
                         and p.used::numeric * 100 >= p.included::numeric * 80) r
               where (select v.per_gib
                        from transfer_price v
                       where v.currency = (select w.currency from wallet w where w.organization_id = r.organization_id and w.closed_at is null)
                         and v.valid_from <= r.from_at
                       order by v.valid_from desc
                       limit 1) > 0
                 and not exists (select
                                   from transfer_warning w
                                  where w.organization_id = r.organization_id
                                    and w.from_at = r.from_at
                                    and w.to_at = r.to_at
                                    and w.percent >= r.percent)
               order by r.organization_id, r.from_at, r.to_at
               limit ?
            ),
            told as (
              insert into transfer_warning (organization_id, from_at, to_at, percent, used_bytes, included_bytes, notified_at)
              select organization_id, from_at, to_at, percent, used, included, ?::timestamptz from fresh
              on conflict do nothing
              returning organization_id, from_at, percent
            )
            select t.organization_id, t.from_at, t.percent, coalesce(o.name, '') as name
              from told t
              left join organization o on o.id = t.organization_id
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    WorkItems items;

    /** For the container. */
    public UsageAlerts() {}

    /** For use outside a container. */
    UsageAlerts(Sql sql, Clock clock, WorkItems items) {
        this.sql = sql;
        this.clock = clock;
        this.items = items;
    }

    private record AlertSent(UUID organizationId, Instant from, int percent, String name) {}

    /**
     * Sends some of the pending notifications.
     *
     * @return the number of organizations; equal to the limit if more may be left
     */
    public int sendAlerts(ClaimedWorkItem claimedWorkItem, int limit) {
        items.hold(claimedWorkItem);
        var now = clock.instant();
        var alerts = sql.query(TELL, UsageAlerts::alertSent, now, now, limit, now);
        alerts.forEach(one -> sendAlerts(one, now));
        return alerts.size();
    }

    private void sendAlerts(AlertSent alertSent, Instant now) {
        var notification = new Notification(
                alertSent.percent() == ALL ? Notification.Kind.TRANSFER_USED : Notification.Kind.TRANSFER_NEARLY_USED,
                alertSent.name(),
                Integer.toString(alertSent.percent()),
                "transfer",
                "transfer:" + alertSent.organizationId() + ":" + alertSent.from() + ":" + alertSent.percent());
        Notifications.notifyMembers(sql, alertSent.organizationId(), Permission.EGRESS_VIEW, notification, now);
    }

    private static AlertSent alertSent(Row row) {
        return new AlertSent(
                row.uuid("organization_id"), row.instant("from_at"), row.whole("percent"), row.text("name"));
    }
}
