-- The credit for an add-on that was missing matches its discrepancy, exists once, does not exceed what was charged for it, and the add-on is deleted.
select g.wallet_id,
       format('discrepancy %s of add-on %s (%s): %s credited, %s posted in %s entries, %s charged, credited for it %s times', g.id, g.addon_id, g.state,
              g.credited, g.posted, g.entries, g.charged, g.times) as detail
  from (select coalesce(o.wallet_id, e.wallet_id) as wallet_id,
               coalesce(f.id::text, e.source) as id,
               f.addon_id,
               coalesce(o.state, 'unknown') as state,
               coalesce(f.credited, 0) as credited,
               coalesce(e.posted, 0) as posted,
               coalesce(e.entries, 0) as entries,
               coalesce((select sum(p.amount) from rated_period p where p.service_id = f.addon_id), 0) as charged,
               (select count(*) from addon_discrepancy t where t.addon_id = f.addon_id and t.credited > 0) as times
          from (select * from addon_discrepancy where credited > 0) f
          left join addon o on o.id = f.addon_id
          full join (
            select j.source, min(p.account_id::text)::uuid as wallet_id,
                   sum(p.amount + coalesce(case when not x.included then x.tax end, 0)) as posted, count(*) as entries
              from journal_entry j
              join posting p on p.entry_id = j.id
              left join entry_tax x on x.entry_id = j.id
              join wallet w on w.id = p.account_id
             where j.source like 'addon-discrepancy:%'
             group by j.source) e on e.source = 'addon-discrepancy:' || f.id) g
 where g.credited <> g.posted
    or g.entries <> 1
    or g.times > 1
    or g.credited > g.charged
    or g.state <> 'TERMINATED'
