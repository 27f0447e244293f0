-- A rated period contributes to a settlement its hours at the wholesale price, at most the highest monthly price of its service, and its revenue; months before price lists use the wholesale price of the price version. Increases within an hour use the prices valid when it started (segment 0).
with recursive priced as (
  select p.id, p.service_id, p.month_ends_at, coalesce(w.segment, 1) as segment, coalesce(w.hours, p.hours) as hours,
         case when coalesce(w.segment, 1) = 1 then p.surcharge else 0 end as surcharge,
         coalesce(w.monthly, v.wholesale_monthly) as cap, w.wholesale as kept,
         coalesce(case when w.segment = 1 then b.monthly end, w.monthly, v.wholesale_monthly) as cap_then
    from rated_period p
    join price_version v on v.id = p.price_version_id
    left join settled_price w on w.rated_period_id = p.id and w.segment > 0
    left join settled_price b on b.rated_period_id = p.id and b.segment = 0
   where exists (select from settled_period s join rated_period e on e.id = s.rated_period_id
                  where e.service_id = p.service_id and e.month_ends_at = p.month_ends_at)
),
life as (
  select p.*, round(p.cap / 730, 8) as hourly, round(p.cap_then / 730, 8) as hourly_then,
         row_number() over month as nth,
         lag(round(p.cap / 730, 8)) over month as hourly_before,
         count(*) filter (where p.hours > 0) over (month rows between unbounded preceding and 1 preceding) as charged_before
    from priced p
  window month as (partition by p.service_id, p.month_ends_at order by p.id, p.segment)
),
due as (
  select l.*,
         l.hours * l.hourly
         + case when l.surcharge = 0 then 0
                else greatest(0, l.hourly_then - greatest(
                       first_value(l.hourly_before) over last_hour,
                       max(l.hourly_then) over (last_hour rows between unbounded preceding and 1 preceding))) end as asked
    from life l
  window last_hour as (partition by l.service_id, l.month_ends_at, l.charged_before order by l.nth)
),
walk as (
  select d.id, d.service_id, d.month_ends_at, d.nth, d.cap as top, least(d.cap, d.asked) as taken, least(d.cap, d.asked) as in_all
    from due d
   where d.nth = 1
   union all
  select d.id, d.service_id, d.month_ends_at, d.nth, greatest(w.top, d.cap),
         least(greatest(w.top, d.cap) - w.in_all, d.asked), w.in_all + least(greatest(w.top, d.cap) - w.in_all, d.asked)
    from walk w
    join due d on d.service_id = w.service_id and d.month_ends_at = w.month_ends_at and d.nth = w.nth + 1
),
expected as (
  select w.id, sum(w.taken) as taken, sum(d.hours) as hours, coalesce(bool_or(d.kept <> w.taken), false) as is_off
    from walk w
    join due d on d.service_id = w.service_id and d.month_ends_at = w.month_ends_at and d.nth = w.nth
   group by w.id
)
select p.wallet_id,
       format('rated period %s: %s of %s at wholesale %s, expected %s of %s', s.rated_period_id, s.wholesale, s.revenue,
              coalesce(p.hours::text, 'nothing'), w.taken, p.amount) as detail
  from settled_period s
  left join rated_period p on p.id = s.rated_period_id
  left join expected w on w.id = s.rated_period_id
  left join settled_rate r on r.month = s.month and r.currency = p.currency
 where p.id is null
    or s.wholesale <> w.taken
    or w.is_off
    or w.hours <> p.hours
    or s.revenue <> round(
         case when p.tax_included then p.amount - round(p.amount * p.tax_rate / (1 + p.tax_rate), 8) else p.amount end
         / coalesce(r.per_base_currency, 1), 8)
