package io.tenantry.billing.charging;

/** SQL statements of the register of runs. */
final class ChargingRunSql {
    /** A delay that doubles with each attempt, up to an hour. */
    static final String PAUSE = "least(interval '1 hour', interval '15 seconds' * power(2, least(attempts, 12)))";

    /** An open run whose tenant has no earlier one unfinished. */
    static final String PLANNABLE = """
            r.state = 'OPEN'
            and (r.retry_at is null or r.retry_at < clock_timestamp())
            and not exists (select from charging_run e
                             where e.tenant = r.tenant and e.until < r.until and e.state <> 'DONE')
            """;

    /** Slices with that many wallets each, found by stepping through the index; the same statement claims the first one. */
    static final String CUT = """
            with recursive step (no, after_wallet, to_wallet) as (
              select 0, null::uuid, (select id from wallet order by id offset ? limit 1)
               where exists (select from wallet)
               union all
              select t.no + 1, t.to_wallet, (select id from wallet where id > t.to_wallet order by id offset ? limit 1)
                from step t
               where exists (select from wallet where id > t.to_wallet)
            )
            insert into work.charging_slice (run_id, tenant_role, no, after_wallet, to_wallet, wallets_planned, state, node,
                                             fence, attempts, lease_until, started_at)
            select ?, ?, t.no, t.after_wallet, case when x.is_last then null else t.to_wallet end,
                   (select count(*) from wallet w
                     where (t.after_wallet is null or w.id > t.after_wallet) and (t.to_wallet is null or w.id <= t.to_wallet)),
                   case t.no when 0 then 'RUNNING' else 'OPEN' end,
                   case t.no when 0 then ? end,
                   case t.no when 0 then 1 else 0 end,
                   case t.no when 0 then 1 else 0 end,
                   case t.no when 0 then clock_timestamp() + ?::interval end,
                   case t.no when 0 then clock_timestamp() end
              from step t
             cross join lateral (select t.no = max(l.no) is_last from step l) x
             order by t.no
            returning id, to_wallet
            """;

    /** Opens the missing runs of tenants, given by parallel arrays of ids, roles and creation times, up to an instant. */
    static final String OPEN = """
            insert into charging_run (tenant, tenant_role, until)
            select t.tenant, t.tenant_role, h
              from unnest(?::text[], ?::text[], ?::text[]::timestamptz[]) as t (tenant, tenant_role, created_at)
             cross join lateral generate_series(
                     greatest(
                       (select max(r.until) from charging_run r where r.tenant = t.tenant),
                       date_trunc('hour', t.created_at, 'UTC')) + interval '1 hour',
                     ?, interval '1 hour') h
             order by t.tenant, h
            on conflict on constraint charging_run_tenant_until_uq do nothing
            """;

    /** Claims the next slice without a live worker. */
    static final String CLAIM = """
            with next as (
              select s.id
                from charging_slice s
                join charging_run r on r.id = s.run_id
               where (s.state = 'OPEN'
                      or s.state = 'RUNNING' and s.lease_until < clock_timestamp()
                      or s.state = 'FAILED' and s.retry_at < clock_timestamp())
                 and not exists (select from charging_run e
                                  where e.tenant = r.tenant and e.until < r.until and e.state <> 'DONE')
               order by r.until, s.id
               limit 1
                 for update of s skip locked
            )
            update charging_slice s
               set state = 'RUNNING',
                   node = ?,
                   fence = s.fence + 1,
                   attempts = s.attempts + 1,
                   lease_until = clock_timestamp() + ?::interval,
                   started_at = coalesce(s.started_at, clock_timestamp()),
                   retry_at = null
              from next n, charging_run r
             where s.id = n.id
               and r.id = s.run_id
            returning s.id, s.run_id, s.fence, s.after_wallet, s.to_wallet, r.tenant, r.until
            """;

    private ChargingRunSql() {}
}
