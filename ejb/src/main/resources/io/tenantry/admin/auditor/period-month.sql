-- A rated period ends with a calendar month in the tenant's time zone; the first of a month starts in it, and none charges an hour after it.
select p.wallet_id,
       format('rated period %s from %s to %s, its month ends at %s', p.id, p.starts_at, p.charged_until,
              p.month_ends_at) as detail
  from (select r.*,
               lag(r.month_ends_at) over (partition by r.service_id order by r.id) as month_before,
               date_trunc('month', r.starts_at at time zone z.zone) as starts_in,
               date_trunc('month', (r.month_ends_at - interval '1 microsecond') at time zone z.zone) as ends_in,
               date_trunc('month', r.month_ends_at at time zone z.zone) as next
          from rated_period r
         cross join (select zone from platform.tenant where slug = replace(substr(current_schema(), 3), '_', '-')) z) p
 where p.next <> p.ends_in + interval '1 month'
    or p.month_before is distinct from p.month_ends_at
       and p.ends_in <> p.starts_in
    or p.hours > 0
       and p.charged_until - interval '1 hour' >= p.month_ends_at
