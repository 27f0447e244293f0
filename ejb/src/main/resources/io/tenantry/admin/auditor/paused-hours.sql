-- A service whose charging was paused was charged for exactly the hours that it started before and after the pause.
select b.wallet_id,
       format('service %s from %s to %s: %s hours charged', b.service_id, b.from_at, b.to_at, h.hours) as detail
  from (select t.*,
               z.closed_id as through_id,
               coalesce(z.paused_at, t.ended_at) as to_at
          from (select s.id as service_id, s.wallet_id, s.ended_at, s.activated_at as from_at, 1 as least, 0::bigint as after_id
                  from service s
                 where exists (select from charge_pause z where z.service_id = s.id)
                 union all
                select s.id, s.wallet_id, s.ended_at, greatest(z.resumed_at, c.charged_until),
                       case when z.resumed_at >= c.charged_until then 1 else 0 end, z.closed_id
                  from charge_pause z
                  join rated_period c on c.id = z.closed_id
                  join service s on s.id = z.service_id
                 where z.resumed_at is not null) t
          left join lateral (
            select p.closed_id, p.paused_at
              from charge_pause p
             where p.service_id = t.service_id and p.closed_id > t.after_id
             order by p.closed_id
             limit 1) z on true) b
  join wallet w on w.id = b.wallet_id
 cross join (select max(until) filter (where state = 'DONE') as done, max(until) filter (where state <> 'OPEN') as reached
               from work.charging_run
              where tenant = replace(substr(current_schema(), 3), '_', '-')) r
 cross join (select greatest(max(effective_at), max(posted_at)) as reached from journal_entry) e
 cross join lateral (
   select coalesce(sum(p.hours), 0) as hours
     from rated_period p
    where p.service_id = b.service_id and p.id > b.after_id and (b.through_id is null or p.id <= b.through_id)) h
 where (b.to_at is not null or w.parked is null)
       and h.hours < greatest(b.least, ceil(extract(epoch from coalesce(b.to_at, r.done) - b.from_at) / 3600))
    or h.hours > greatest(b.least, ceil(extract(epoch from coalesce(b.to_at, greatest(r.reached, e.reached)) - b.from_at) / 3600))
