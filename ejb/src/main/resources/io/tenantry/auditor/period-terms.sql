-- A rated period may charge what its month's highest price leaves after the periods before it; a rise is surcharged once.
select t.wallet_id,
       format('rated period %s: month''s cap %s expected %s, cap %s expected %s, surcharge %s expected %s', t.id,
              t.month_cap, t.expected_month_cap, t.cap, t.expected_month_cap - t.before, t.surcharge,
              t.expected_surcharge) as detail
  from (select r.id,
               r.wallet_id,
               r.month_cap,
               r.cap,
               r.surcharge,
               max(v.monthly) over month_so_far as expected_month_cap,
               coalesce(sum(r.amount) over (month_so_far rows between unbounded preceding and 1 preceding), 0) as before,
               greatest(0, r.hourly - coalesce(lag(r.hourly) over month_so_far, r.hourly)) as expected_surcharge
          from rated_period r
          join price_version v on v.id = r.price_version_id
        window month_so_far as (partition by r.service_id, r.month_ends_at order by r.id)) t
 where t.month_cap <> t.expected_month_cap
    or t.cap <> t.expected_month_cap - t.before
    or t.surcharge <> t.expected_surcharge
