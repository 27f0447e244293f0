-- The credit for a server that was missing matches its discrepancy, exists once and does not exceed what was charged for it.
select g.wallet_id,
       format('discrepancy %s: %s credited in %s parts, %s posted in %s, %s charged', g.id, g.credited, g.credit_count, g.posted,
              g.entries, g.charged) as detail
  from (select coalesce(s.wallet_id, e.wallet_id) as wallet_id,
               coalesce(f.id::text, e.source) as id,
               coalesce(f.credited, 0) as credited,
               coalesce(f.credit_count, 0) as credit_count,
               coalesce(e.posted, 0) as posted,
               coalesce(e.entries, 0) as entries,
               coalesce((select sum(p.amount) from rated_period p where p.service_id = f.service_id), 0) as charged
          from (select * from server_discrepancy where credit_count > 0) f
          left join service s on s.id = f.service_id
          full join (
            select j.source, min(p.account_id::text)::uuid as wallet_id,
                   sum(p.amount + coalesce(case when not x.included then x.tax end, 0)) as posted, count(*) as entries
              from journal_entry j
              join posting p on p.entry_id = j.id
              left join entry_tax x on x.entry_id = j.id
              join wallet w on w.id = p.account_id
             where j.source like 'discrepancy:%'
             group by j.source) e on e.source = 'discrepancy:' || f.id) g
 where g.credited <> g.posted
    or g.credit_count <> g.entries
    or g.credited > g.charged
