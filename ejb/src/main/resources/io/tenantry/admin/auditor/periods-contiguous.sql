-- The rated periods of a service follow each other without overlaps and without gaps, except while charging was paused; the first starts at its activation.
select p.wallet_id,
       format('service %s: rated period %s starts at %s, expected %s', p.service_id, p.id, p.starts_at, p.expected)
         as detail
  from (select r.wallet_id,
               r.service_id,
               r.id,
               r.starts_at,
               coalesce(greatest(lag(r.charged_until) over life, lag(z.resumed_at) over life), s.activated_at) as expected
          from rated_period r
          join (select id, activated_at from service union all select id, activated_at from addon) s on s.id = r.service_id
          left join charge_pause z on z.closed_id = r.id
        window life as (partition by r.service_id order by r.id)) p
 where p.starts_at is distinct from p.expected
