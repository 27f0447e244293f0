package io.tenantry.catalog.pricing;

import io.tenantry.people.identity.Permission;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Notifies a reseller's staff of published wholesale prices that apply to it, and of those withdrawn since. Runs repeatedly within the
 * reseller's scope: the database shows which versions concern it, and each is notified once.
 */
@Stateless
public class PriceListNotifications {
    /** The maximum age of a version that is notified: staff who join later are not notified of older ones. */
    private static final Duration NEWS = Duration.ofDays(7);

    private static final String NEWS_OF = """
            select v.id, v.number, v.valid_from, count(i.code)::int as prices
              from platform.price_list_version v
              join platform.price_list l on l.id = v.list_id and l.currency = ?
              left join platform.price_list_item i on i.version_id = v.id
             where v.state = 'PUBLISHED' and v.published_at > ?
             group by v.id, v.number, v.valid_from
             order by v.valid_from
            """;

    private static final String WITHDRAWN = """
            select w.id, w.valid_from
              from platform.withdrawn_price_list_versions(
                     array(select distinct cast(substr(n.key, 12) as uuid) from notification n
                            where n.kind = 'WHOLESALE_PRICES' and n.key ~ '^price-list:[0-9a-f-]{36}$'),
                     ?) w
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public PriceListNotifications() {}

    /** For use outside a container. */
    PriceListNotifications(Sql sql, Clock clock, TenantDirectory tenants) {
        this.sql = sql;
        this.clock = clock;
        this.tenants = tenants;
    }

    /**
     * Notifies of new versions.
     *
     * @return the number of those versions
     */
    public int send() {
        var now = clock.instant();
        var tenant = tenants.current();
        var news = sql.query(
                NEWS_OF,
                row -> {
                    var prices = String.valueOf(row.whole("prices"));
                    var day = row.instant("valid_from").atZone(tenant.zone()).toLocalDate();
                    var key = "price-list:" + row.uuid("id");
                    return new Notification(
                            Notification.Kind.WHOLESALE_PRICES, prices, day.toString(), "wholesale-prices", key);
                },
                tenant.currency(),
                now.minus(NEWS));
        news.forEach(notification -> Notifications.notifyStaff(sql, Permission.STAFF_PLANS_VIEW, notification, now));
        return news.size() + notifyOfWithdrawn(now, tenant.zone());
    }

    /** Withdrawals are notified to those notified of the version; the reseller can no longer read it. */
    private int notifyOfWithdrawn(Instant now, ZoneId zone) {
        var withdrawn = sql.query(
                WITHDRAWN,
                row -> {
                    var day =
                            row.instant("valid_from").atZone(zone).toLocalDate().toString();
                    var key = "price-list-withdrawn:" + row.uuid("id");
                    return new Notification(Notification.Kind.WHOLESALE_WITHDRAWN, day, day, "wholesale-prices", key);
                },
                now.minus(NEWS));
        withdrawn.forEach(
                notification -> Notifications.notifyStaff(sql, Permission.STAFF_PLANS_VIEW, notification, now));
        return withdrawn.size();
    }
}
