-- A tenant has one invoicing run for each month from its first to its last, none started before the previous one; it counts its documents and is locked while it runs.
select null::uuid as wallet_id,
       format('run %s of %s is %s (node %s, fence %s) with %s documents of %s, %s waiting, after one of %s (%s); there are %s of %s',
              r.id, to_char(r.month, 'YYYY-MM'), r.state, r.node, r.fence, r.documents, r.net, r.waiting,
              to_char(r.before, 'YYYY-MM'), r.state_before, coalesce(v.documents, 0), coalesce(v.net, 0)) as detail
  from (select c.*,
               lag(c.month) over (order by c.month) as before,
               lag(c.state) over (order by c.month) as state_before
          from work.invoicing_run c
         where c.tenant = replace(substr(current_schema(), 3), '_', '-')) r
  left join (
    select i.period_to, count(*) as documents, sum(round(i.net / coalesce(x.per_base_currency, 1), 8)) as net
      from invoice i
      left join invoice_exchange_rate x on x.invoice_id = i.id
     where i.kind = 'INVOICE'
     group by i.period_to) v
    on v.period_to = r.period_to
 where r.before is not null and r.month <> r.before + interval '1 month'
    or r.state <> 'OPEN' and r.state_before = 'OPEN'
    or r.documents <> coalesce(v.documents, 0)
    or r.net <> coalesce(v.net, 0)
    or r.state = 'DONE' and r.waiting > 0
    or r.state = 'RUNNING' and (r.node is null or r.lease_until is null or r.fence < 1)
