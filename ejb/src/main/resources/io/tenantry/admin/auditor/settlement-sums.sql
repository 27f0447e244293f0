-- The settlement of a month equals the sum of its rated periods and items in that month, and every settlement has some.
with own as (
  select a.id
    from platform.reseller_ledger_account a
   where a.closed_at is null and 't_' || replace(a.tenant, '-', '_') = current_schema()
),
calculated as (
  select m.month, t.of_month, sum(t.revenue) as revenue, sum(t.wholesale) as wholesale
    from wholesale_month m
    join platform.settlement_run r on r.id = m.run_id and r.state = 'DONE'
    join (
      select month, of_month, revenue, wholesale from settled_period
       union all
      select month, of_month, revenue, 0 from settled_item) t on t.month = m.month
   where r.account_id in (select id from own)
   group by m.month, t.of_month
),
told as (
  select s.month, l.of_month, sum(l.revenue) as revenue,
         coalesce(sum(l.amount) filter (where l.kind in ('SERVICE', 'ADDON')), 0) as wholesale
    from platform.settlement s
    join platform.settlement_line l on l.settlement_id = s.id
   where s.account_id in (select id from own)
   group by s.month, l.of_month
)
select null::uuid as wallet_id,
       format('settlement of %s says %s at %s of %s, calculated were %s at %s', to_char(coalesce(r.month, t.month), 'YYYY-MM'), t.revenue,
              t.wholesale, to_char(coalesce(r.of_month, t.of_month), 'YYYY-MM'), r.revenue, r.wholesale) as detail
  from calculated r
  full join told t on t.month = r.month and t.of_month = r.of_month
 where (coalesce(r.revenue, 0), coalesce(r.wholesale, 0)) <> (coalesce(t.revenue, 0), coalesce(t.wholesale, 0))
