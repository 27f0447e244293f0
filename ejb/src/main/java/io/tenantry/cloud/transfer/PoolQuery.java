package io.tenantry.cloud.transfer;

/**
 * The start of a query of organizations' pools in current periods: {@code pool}, with a row per organization and period. Included transfer is
 * computed as if the present plans continued until the end of the period, so that no warning is sent on the first day. Services with an
 * unlimited plan are counted, but their transfer is not.
 */
final class PoolQuery {
    private static final String SHARES = """
            with share as (
              select s.organization_id, t.from_at, t.to_at, t.read_at, t.out_bytes, coalesce(i.included, 0) as included,
                     coalesce(i.unlimited, false) as unlimited
                from transfer_period t
                join service s on s.id = t.service_id
               cross join lateral (
                 select floor(sum(n.transfer_gib * 1073741824.0
                                  * extract(epoch from least(case when r.open then t.to_at else r.charged_until end, t.to_at)
                                                       - greatest(r.starts_at, t.from_at)))
                              / extract(epoch from t.to_at - t.from_at)) as included,
                        bool_or(n.transfer_unlimited and (r.open or r.hours > 0)) as unlimited
                   from rated_period r
                   join price_version v on v.id = r.price_version_id
                   join plan n on n.id = v.plan_id
                  where r.service_id = s.id
                    and (r.open or r.charged_until > t.from_at)
                    and r.starts_at < t.to_at) i
               where t.exact
                 and t.from_at <= ?
                 and t.to_at > ?
            """;

    private static final String POOL = """
            ),
            pool as (
              select organization_id, from_at, to_at, max(read_at) as read_at, count(*)::int as services,
                     (count(*) filter (where unlimited))::int as unlimited,
                     coalesce(sum(out_bytes) filter (where not unlimited), 0)::bigint as used,
                     coalesce(sum(included) filter (where not unlimited), 0)::bigint as included
                from share
               group by organization_id, from_at, to_at
            )
            """;

    /** For all organizations; parameters: the instant, twice. */
    static final String OF_ALL = SHARES + POOL;

    /** For one organization; parameters: the instant, twice, then the organization. */
    static final String OF_ONE = SHARES + "   and s.organization_id = ?\n" + POOL;

    private PoolQuery() {}
}
