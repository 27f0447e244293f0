-- A rated period may charge what earlier periods left of the month's highest price; an increase within an hour is surcharged once.
select t.wallet_id,
       format('rated period %s: month''s cap %s expected %s, cap %s expected %s, surcharge %s expected %s', t.id,
              t.month_cap, t.expected_month_cap, t.cap, t.expected_month_cap - t.before, t.surcharge, t.rise) as detail
  from (select r.id,
               r.wallet_id,
               r.month_cap,
               r.cap,
               r.surcharge,
               max(v.monthly) over month_so_far as expected_month_cap,
               coalesce(sum(r.amount) over (month_so_far rows between unbounded preceding and 1 preceding), 0) as before,
               case when row_number() over month_so_far = 1 then 0
                    else greatest(0, r.hourly - greatest(
                           first_value(r.hourly_before) over last_hour,
                           max(r.hourly) over (last_hour rows between unbounded preceding and 1 preceding))) end as rise
          from (select p.*,
                       lag(p.hourly) over life as hourly_before,
                       count(*) filter (where p.hours > 0)
                         over (life rows between unbounded preceding and 1 preceding) as charged_before
                  from rated_period p
                window life as (partition by p.service_id order by p.id)) r
          join price_version v on v.id = r.price_version_id
        window month_so_far as (partition by r.service_id, r.month_ends_at order by r.id),
               last_hour as (partition by r.service_id, r.charged_before order by r.id)) t
 where t.month_cap <> t.expected_month_cap
    or t.cap <> t.expected_month_cap - t.before
    or t.surcharge not in (0, t.rise)
