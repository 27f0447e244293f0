package io.tenantry.billing.charging;

import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.CurrencyAmounts;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Charging runs as the admin site shows them, and their figures. The callers check permissions.
 *
 * <p>Each method is a separate transaction of {@link Scope#WORK}.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class RunQuery {
    /** The columns of runs that the admin site shows. */
    private static final String VIEWS = """
            select r.id,
                   r.tenant,
                   r.until,
                   case when s.failed > 0 or r.error is not null then 'FAILED' else r.state end state,
                   case when r.state = 'DONE' then 100
                        when s.planned > 0 then least(99, 100 * s.wallets / s.planned) else 0 end progress,
                   coalesce(s.services, 0) services,
                   coalesce(s.hours, 0) hours,
                   coalesce(m.currencies, '{}') currencies,
                   coalesce(m.amounts, '{}') amounts,
                   (extract(epoch from coalesce(r.ended_at, clock_timestamp())
                      - coalesce(s.started_at, r.ended_at, clock_timestamp())) * 1000)::bigint duration_ms,
                   coalesce(s.nodes, '') nodes,
                   coalesce(s.error, r.error) error,
                   coalesce(s.retry_at, r.retry_at) retry_at
              from ${runs} r
              left join lateral (
                select sum(wallets)::int wallets, sum(wallets_planned)::int planned,
                       sum(services)::int services, sum(hours)::bigint hours,
                       count(*) filter (where state = 'FAILED') failed, min(started_at) started_at,
                       string_agg(distinct node, ', ') nodes, max(error) error, min(retry_at) retry_at
                  from charging_slice where run_id = r.id) s on true
              left join lateral (
                select array_agg(a.currency order by a.currency) currencies, array_agg(a.amount order by a.currency) amounts
                  from (select e.key currency, sum(e.value::numeric) amount
                          from charging_slice c
                         cross join lateral jsonb_each_text(c.amounts) e
                         where c.run_id = r.id
                         group by e.key) a) m on true
            """;

    private static final String LATEST_SERVICES = """
            select t.tenant, (select coalesce(sum(s.services), 0)::int from charging_slice s where s.run_id = l.id) services
              from unnest(?) t (tenant)
             cross join lateral (select r.id
                                   from charging_run r
                                  where r.tenant = t.tenant and r.state = 'DONE'
                                  order by r.until desc
                                  limit 1) l
            """;

    @Inject
    Sql sql;

    /** Filter for the runs that the admin site lists; null means no restriction. */
    public record Filter(@Nullable TenantId tenant, boolean onlyUnfinished, int offset, int limit) {}

    /**
     * A run as the admin site shows it.
     *
     * @param progressPercent wallets done, in hundredths of those planned
     * @param amounts an amount for each currency in which the run charged something, by code
     */
    public record RunSummary(
            long id,
            TenantId tenant,
            Instant until,
            String state,
            int progressPercent,
            int services,
            long hours,
            List<Money> amounts,
            Duration took,
            String nodes,
            Optional<String> error,
            Optional<Instant> retryAt) {

        /** Returns the amounts; zero in the tenant's own currency if nothing was charged. */
        public List<Money> amountsOrZero(Currency own) {
            return amounts.isEmpty() ? List.of(Money.zero(own)) : amounts;
        }
    }

    /** Returns runs, latest hour first. For operators; the caller checks the permission. */
    public List<RunSummary> list(Filter filter) {
        var tenant = filter.tenant() == null ? null : filter.tenant().value();
        return Tenancy.in(
                Scope.WORK,
                () -> sql.query(
                        views("""
                                (select * from charging_run
                                  where (?::text is null or tenant = ?)
                                    and (not ? or state <> 'DONE')
                                  order by until desc, tenant
                                 offset ? limit ?)""") + " order by r.until desc, r.tenant",
                        RunQuery::view,
                        tenant,
                        tenant,
                        filter.onlyUnfinished(),
                        filter.offset(),
                        filter.limit()));
    }

    /** Returns the number of runs that match the filter, counted up to a thousand. */
    public int count(Filter filter) {
        var tenant = filter.tenant() == null ? null : filter.tenant().value();
        return Tenancy.in(
                Scope.WORK, () -> sql.one("""
                        select count(*)::int n
                          from (select from charging_run
                                 where (?::text is null or tenant = ?) and (not ? or state <> 'DONE') limit 1000) r
                        """, row -> row.whole("n"), tenant, tenant, filter.onlyUnfinished()));
    }

    /**
     * What runs charged a tenant within a time span.
     *
     * @param amounts an amount for each currency in which something was charged, by code
     */
    public record ChargedAmount(TenantId tenant, int services, List<Money> amounts) {}

    /** Returns what each tenant was charged by its runs up to an instant later than the given one. The caller checks the permission. */
    public List<ChargedAmount> chargedSince(Instant since) {
        return Tenancy.in(
                Scope.WORK,
                () -> sql.query(
                        """
                        with slices as (
                          select r.tenant, s.services, s.amounts
                            from charging_run r
                            join charging_slice s on s.run_id = r.id
                           where r.until > ?
                        )
                        select t.tenant, t.services, coalesce(m.currencies, '{}') currencies, coalesce(m.amounts, '{}') amounts
                          from (select tenant, sum(services)::int services from slices group by tenant) t
                          left join (
                            select a.tenant, array_agg(a.currency order by a.currency) currencies,
                                   array_agg(a.amount order by a.currency) amounts
                              from (select s.tenant, e.key currency, sum(e.value::numeric) amount
                                      from slices s
                                     cross join lateral jsonb_each_text(s.amounts) e
                                     group by s.tenant, e.key) a
                             group by a.tenant) m on m.tenant = t.tenant
                         order by t.tenant
                        """,
                        row -> new ChargedAmount(
                                new TenantId(row.text("tenant")),
                                row.whole("services"),
                                CurrencyAmounts.of(row, "currencies", "amounts")),
                        since));
    }

    /** Returns the number of services that the latest finished run of each tenant charged. The caller checks the permission. */
    public Map<TenantId, Integer> latestServices(Collection<TenantId> tenants) {
        var slugs = tenants.stream().map(TenantId::value).toArray(String[]::new);
        return Tenancy.in(
                        Scope.WORK,
                        () -> sql.query(
                                LATEST_SERVICES,
                                row -> Map.entry(new TenantId(row.text("tenant")), row.whole("services")),
                                (Object) slugs))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Number of services that all runs up to one hour charged. */
    public record ChargedHour(Instant until, int services) {}

    /** Returns the number of charged services hour by hour after an instant, earliest first. The caller checks the permission. */
    public List<ChargedHour> hoursSince(Instant since) {
        return Tenancy.in(
                Scope.WORK,
                () -> sql.query("""
                        select r.until, coalesce(sum(s.services), 0)::int services
                          from charging_run r
                          left join charging_slice s on s.run_id = r.id
                         where r.until > ?
                         group by r.until
                         order by r.until
                        """, row -> new ChargedHour(row.instant("until"), row.whole("services")), since));
    }

    /** Returns the number of runs that wait for a retry because a part of them failed. The caller checks the permission. */
    public int failed() {
        return Tenancy.in(Scope.WORK, () -> sql.one("""
                        select count(*)::int n
                          from charging_run r
                         where r.state <> 'DONE'
                           and (r.error is not null
                                or exists (select from charging_slice s where s.run_id = r.id and s.state = 'FAILED'))
                        """, row -> row.whole("n")));
    }

    /** Returns a query for the admin site's view of the given runs, which are a table or a query. */
    static String views(String runs) {
        return VIEWS.replace("${runs}", runs);
    }

    static RunSummary view(Row row) {
        return new RunSummary(
                row.big("id"),
                new TenantId(row.text("tenant")),
                row.instant("until"),
                row.text("state"),
                row.whole("progress"),
                row.whole("services"),
                row.big("hours"),
                CurrencyAmounts.of(row, "currencies", "amounts"),
                Duration.ofMillis(row.big("duration_ms")),
                row.text("nodes"),
                row.maybeText("error"),
                row.maybeInstant("retry_at"));
    }
}
