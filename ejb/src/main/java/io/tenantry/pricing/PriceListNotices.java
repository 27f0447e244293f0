package io.tenantry.pricing;

import io.tenantry.identity.Permission;
import io.tenantry.notice.Note;
import io.tenantry.notice.Notices;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;

/**
 * Tells a reseller's staff of wholesale prices that were published and hold for it. Within the reseller's scope, again and again: the database
 * shows which versions concern it, and nobody is told of one twice.
 */
@Stateless
public class PriceListNotices {
    /** Whoever joins the staff later is not told of older versions. */
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

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public PriceListNotices() {}

    /** For use outside a container. */
    PriceListNotices(Sql sql, Clock clock, TenantDirectory tenants) {
        this.sql = sql;
        this.clock = clock;
        this.tenants = tenants;
    }

    /**
     * Tells of what is new.
     *
     * @return how many versions those are
     */
    public int tell() {
        var now = clock.instant();
        var tenant = tenants.current();
        var news = sql.query(
                NEWS_OF,
                row -> {
                    var prices = String.valueOf(row.whole("prices"));
                    var day = row.instant("valid_from").atZone(tenant.zone()).toLocalDate();
                    var key = "price-list:" + row.uuid("id");
                    return new Note(Note.Kind.WHOLESALE_PRICES, prices, day.toString(), "wholesale-prices", key);
                },
                tenant.currency(),
                now.minus(NEWS));
        news.forEach(note -> Notices.tellStaff(sql, Permission.STAFF_PLANS_VIEW, note, now));
        return news.size();
    }
}
