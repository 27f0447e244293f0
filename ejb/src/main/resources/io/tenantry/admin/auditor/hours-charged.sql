-- Every hour that a running service started before the tenant's latest finished run is charged; parked wallets are excluded.
select s.wallet_id,
       format('service %s: %s hours due until %s, %s charged', s.id, s.due, s.until, coalesce(p.hours, 0)) as detail
  from (select v.id,
               v.wallet_id,
               r.until,
               greatest(1, ceil(extract(epoch from r.until - v.activated_at) / 3600)) as due
          from (select id, wallet_id, state, activated_at from service
                union all
                select id, wallet_id, state, activated_at from addon) v
          join wallet w on w.id = v.wallet_id and w.parked is null
         cross join (select max(until) as until
                       from work.charging_run
                      where tenant = replace(substr(current_schema(), 3), '_', '-')
                        and state = 'DONE') r
         where v.state in ('ACTIVE', 'SUSPENDED')
           and v.activated_at is not null
           and not exists (select from charge_pause z where z.service_id = v.id)) s
  left join (select service_id, sum(hours) as hours from rated_period group by service_id) p on p.service_id = s.id
 where coalesce(p.hours, 0) < s.due
