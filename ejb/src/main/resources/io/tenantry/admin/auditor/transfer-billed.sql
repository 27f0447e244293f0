-- The charges for transfer match the overage bills, line by line and once; their shares add up to the overage.
select coalesce(l.wallet_id, e.wallet_id) as wallet_id,
       format('%s: billed %s, taken %s in %s', coalesce(l.source, e.source), coalesce(l.amount, 0), coalesce(e.taken, 0),
              coalesce(e.entries, 0)) as detail
  from (select 'transfer:' || service_id || ':' || bill_id as source, wallet_id, amount from transfer_bill_line where amount > 0) l
  full join (
    select j.source, min(p.account_id::text)::uuid as wallet_id,
           -sum(p.amount + coalesce(case when not x.included then x.tax end, 0)) as taken, count(*) as entries
      from journal_entry j
      join posting p on p.entry_id = j.id
      left join entry_tax x on x.entry_id = j.id
      join wallet w on w.id = p.account_id
     where j.source like 'transfer:%'
     group by j.source) e on e.source = l.source
 where l.source is null
    or e.source is null
    or l.amount <> e.taken
    or e.entries <> 1
union all
select null, format('bill %s: %s beyond, %s in its lines', b.id, greatest(b.used_bytes - b.included_bytes, 0), n.beyond)
  from transfer_bill b
 cross join lateral (select coalesce(sum(l.over_bytes), 0) as beyond from transfer_bill_line l where l.bill_id = b.id) n
 where n.beyond <> greatest(b.used_bytes - b.included_bytes, 0)
