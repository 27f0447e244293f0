--liquibase formatted sql

--changeset settlement:due_wholesale_segments runOnChange:true splitStatements:false
-- Usage in no settlement yet of months that end by an instant, and its wholesale price, segment by segment: each hour at hourly_of the price that applies
-- when it begins; in a month never more than the highest price that the service had in it, as for the customer; where the customer paid a price rise
-- for an hour in progress, the rise of the wholesale price too, at the prices as of the start of that hour. A month's pieces of a service thus add
-- up, one after the other, to the minimum of all caps and sums: the sum so far, minus its excess over a cap at any segment on the way. Usage that waits
-- for uncharged hours is left for later. Pieces 0 cost nothing: they hold the price at the start of the hour in progress.
--
-- Arguments: since, until: months that end after since and by until
--            month_zone: the reseller's time zone
--            home: currency of the books, and of the prices
-- Returns: a row for each segment: as wholesale_segments; wholesale: its cost, in home, to eight decimals
-- Called by: function collect_wholesale
create or replace function due_wholesale_segments(since timestamptz, until timestamptz, month_zone text, home text)
returns table (rated_period_id bigint, segment integer, starts_at timestamptz, hours integer, origin text, version_id uuid, kind text,
               account_id uuid, provider text, code text, region text, monthly numeric, wholesale numeric)
language sql stable
as $$
    with due as materialized (
      select p.id, p.service_id, p.month_ends_at
        from rated_period p
       where p.month_ends_at >= month_bound(since)
         and p.month_ends_at < month_bound(until)
         and (not p.open or p.charged_until >= p.month_ends_at)
         and (p.hours > 0 or p.amount > 0)
         and not exists (select from settled_period s where s.rated_period_id = p.id)
    ),
    lived as materialized (
      select p.id, p.service_id, p.month_ends_at, p.surcharge > 0 as rose
        from (select distinct d.service_id, d.month_ends_at from due d) m
        join rated_period p on p.service_id = m.service_id and p.month_ends_at = m.month_ends_at
    ),
    priced as materialized (
      select * from wholesale_segments(array(select id from lived), home, month_zone)
    ),
    life as (
      select w.*, l.service_id, l.month_ends_at, l.rose and w.segment = 1 as rose,
             hourly_of(w.monthly) as hourly,
             hourly_of(coalesce(b.monthly, w.monthly)) as hourly_then,
             lag(hourly_of(w.monthly)) over each as hourly_before,
             count(*) filter (where w.hours > 0) over (each rows between unbounded preceding and 1 preceding) as charged_before
        from priced w
        join lived l on l.id = w.rated_period_id
        left join priced b on b.rated_period_id = w.rated_period_id and b.segment = 0 and w.segment = 1
       where w.segment > 0
      window each as (partition by l.service_id, l.month_ends_at order by w.rated_period_id, w.segment)
    ),
    calculated as (
      select l.*, max(l.monthly) over each as cap,
             l.hours * l.hourly
             + case when l.rose
                    then greatest(0, l.hourly_then - greatest(
                           first_value(l.hourly_before) over last_hour,
                           max(l.hourly_then) over (last_hour rows between unbounded preceding and 1 preceding)))
                    else 0 end as amount
        from life l
      window each as (partition by l.service_id, l.month_ends_at order by l.rated_period_id, l.segment),
             last_hour as (partition by l.service_id, l.month_ends_at, l.charged_before order by l.rated_period_id, l.segment)
    ),
    summed as (
      select r.*, sum(r.amount) over (partition by r.service_id, r.month_ends_at order by r.rated_period_id, r.segment) as so_far from calculated r
    ),
    capped as (
      select s.*,
             s.so_far + least(0, min(s.cap - s.so_far) over (partition by s.service_id, s.month_ends_at
                                                             order by s.rated_period_id, s.segment)) as kept
        from summed s
    )
    select e.rated_period_id, e.segment, e.starts_at, e.hours, e.origin, e.version_id, e.kind, e.account_id, e.provider, e.code, e.region,
           e.monthly, e.kept - coalesce(e.kept_before, 0)
      from (select c.*, lag(c.kept) over (partition by c.service_id, c.month_ends_at order by c.rated_period_id, c.segment) as kept_before
              from capped c) e
      join due d on d.id = e.rated_period_id
     union all
    select b.rated_period_id, b.segment, b.starts_at, b.hours, b.origin, b.version_id, b.kind, b.account_id, b.provider, b.code, b.region,
           b.monthly, 0
      from priced b
      join due d on d.id = b.rated_period_id
     where b.segment = 0
$$;
