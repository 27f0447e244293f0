-- No hour of a running service is charged before it starts, as of the latest instant that the books or a run have reached.
select s.wallet_id,
       format('service %s: %s hours started until %s, %s charged', s.id, s.started, s.reached, p.hours) as detail
  from (select v.id,
               v.wallet_id,
               greatest(n.until, e.reached, v.activated_at) as reached,
               greatest(1, ceil(extract(epoch from greatest(n.until, e.reached) - v.activated_at) / 3600)) as started
          from (select id, wallet_id, state, activated_at from service
                union all
                select id, wallet_id, state, activated_at from addon) v
         cross join (select max(until) as until
                       from work.charging_run
                      where tenant = replace(substr(current_schema(), 3), '_', '-')
                        and state <> 'OPEN') n
         cross join (select greatest(max(effective_at), max(posted_at)) as reached from journal_entry) e
         where v.state in ('ACTIVE', 'SUSPENDED')
           and v.activated_at is not null
           and not exists (select from charge_pause z where z.service_id = v.id)) s
  join (select service_id, sum(hours) as hours from rated_period group by service_id) p on p.service_id = s.id
 where p.hours > s.started
