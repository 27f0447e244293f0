-- A deleted service was charged for exactly the hours that it started, and at least for the first.
select s.wallet_id,
       format('service %s ran from %s to %s: %s hours due, %s charged', s.id, s.activated_at, s.ended_at, s.due,
              coalesce(p.hours, 0)) as detail
  from (select id,
               wallet_id,
               activated_at,
               ended_at,
               greatest(1, ceil(extract(epoch from ended_at - activated_at) / 3600)) as due
          from (select id, wallet_id, activated_at, ended_at from service
                union all
                select id, wallet_id, activated_at, ended_at from addon) v
         where ended_at is not null
           and activated_at is not null
           and not exists (select from charge_pause z where z.service_id = v.id)) s
  left join (select service_id, sum(hours) as hours from rated_period group by service_id) p on p.service_id = s.id
 where coalesce(p.hours, 0) <> s.due
