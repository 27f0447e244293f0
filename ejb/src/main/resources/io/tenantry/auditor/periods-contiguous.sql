-- A service's rated periods follow each other without gap or overlap, the first begins at its activation.
select p.wallet_id,
       format('service %s: rated period %s starts at %s, expected %s', p.service_id, p.id, p.starts_at, p.expected)
         as detail
  from (select r.wallet_id,
               r.service_id,
               r.id,
               r.starts_at,
               coalesce(lag(r.charged_until) over (partition by r.service_id order by r.id), s.activated_at) as expected
          from rated_period r
          join (select id, activated_at from service union all select id, activated_at from service_option) s on s.id = r.service_id) p
 where p.starts_at is distinct from p.expected
