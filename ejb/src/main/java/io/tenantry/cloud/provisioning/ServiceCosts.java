package io.tenantry.cloud.provisioning;

import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Currency;
import java.util.List;
import java.util.UUID;

/**
 * The cost of each of an organization's services in this month, compared with the month before up to the same day. Joins the caller's
 * transaction; permissions are checked by the calling use cases.
 */
@ApplicationScoped
public class ServiceCosts {
    /**
     * The cost of a period at an earlier moment is derived from its terms, since an hour is charged when it starts; only its present cost is
     * stored.
     */
    private static final String DEAREST = """
            select s.id, s.name, s.state, p.name plan, c.currency, c.this_month, c.before
              from (select m.service_id, m.currency,
                           coalesce(sum(m.amount) filter (where m.month_ends_at > ?), 0) this_month,
                           coalesce(sum(least(m.cap, m.surcharge + m.hourly * least(m.hours,
                               ceil(extract(epoch from ? - m.starts_at) / 3600))))
                             filter (where m.month_ends_at <= ? and m.starts_at < ?), 0) before
                      from rated_period m
                      join service s on s.id = m.service_id and s.organization_id = ?
                      join wallet w on w.organization_id = s.organization_id and w.closed_at is null
                     where m.month_ends_at > ?
                       and m.currency = w.currency
                     group by m.service_id, m.currency) c
              join service s on s.id = c.service_id
              join plan p on p.id = s.plan_id
             where c.this_month > 0
             order by c.this_month desc, lower(s.name), s.id
             limit ?
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public ServiceCosts() {}

    /** For use outside a container. */
    public ServiceCosts(Sql sql, Clock clock, TenantDirectory tenants) {
        this.sql = sql;
        this.clock = clock;
        this.tenants = tenants;
    }

    /**
     * The cost of a service.
     *
     * @param thisMonth so far
     * @param before in the month before up to the same time of the same day
     */
    public record Cost(UUID id, String name, Service.State state, String plan, Money thisMonth, Money before) {}

    /** Returns the services that cost most this month, in the currency in which the organization pays. */
    public List<Cost> dearest(UUID organizationId, int limit) {
        var tenant = tenants.current();
        var now = clock.instant().atZone(tenant.zone());
        var month =
                now.toLocalDate().withDayOfMonth(1).atStartOfDay(tenant.zone()).toInstant();
        var before = now.toLocalDate()
                .withDayOfMonth(1)
                .minusMonths(1)
                .atStartOfDay(tenant.zone())
                .toInstant();
        var then = now.minusMonths(1).toInstant();
        return sql.query(
                DEAREST,
                row -> new Cost(
                        row.uuid("id"),
                        row.text("name"),
                        Service.State.valueOf(row.text("state")),
                        row.text("plan"),
                        money(row, "this_month"),
                        money(row, "before")),
                month,
                then,
                month,
                then,
                organizationId,
                before,
                Math.min(limit, 100));
    }

    private static Money money(Row row, String column) {
        return new Money(row.decimal(column), Currency.getInstance(row.text("currency")));
    }
}
