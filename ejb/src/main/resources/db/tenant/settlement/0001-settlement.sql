--liquibase formatted sql

--changeset settlement:0005
--comment What of a reseller's hours is in which settlement with the platform, and what each is at wholesale.
create table settled_month (
    month date not null,
    run_id uuid not null,
    since timestamptz not null,
    period_to timestamptz not null,
    taken_at timestamptz not null,
    constraint settled_month_pk primary key (month),
    constraint settled_month_run_uq unique (run_id),
    constraint settled_month_ck check (extract(day from month) = 1 and since < period_to)
);
comment on table settled_month is 'append-only: a month was reckoned for its settlement, by that run of the platform; whatever is told later is of the next';

create table settled_period (
    rated_period_id bigint not null,
    month date not null,
    of_month date not null,
    provider text not null,
    wholesale numeric(20, 8) not null,
    revenue numeric(20, 8) not null,
    constraint settled_period_pk primary key (rated_period_id),
    constraint settled_period_month_fk foreign key (month) references settled_month (month),
    constraint settled_period_of_ck check (of_month <= month),
    constraint settled_period_wholesale_ck check (wholesale >= 0)
);
create index settled_period_month_ix on settled_period (month);
comment on table settled_period is 'append-only: a rated period is in one settlement, ever; wholesale: by the wholesale price of its price version and the rule of charging; revenue: what it brought, without tax; of_month: when it was, before month if it was told late';

create table settled_item (
    item_id bigint not null,
    month date not null,
    of_month date not null,
    revenue numeric(20, 8) not null,
    constraint settled_item_pk primary key (item_id),
    constraint settled_item_month_fk foreign key (month) references settled_month (month),
    constraint settled_item_of_ck check (of_month <= month)
);
create index settled_item_month_ix on settled_item (month);
comment on table settled_item is 'append-only: what is no hour is in one settlement, ever: revenue, or less of it, without tax and without a cost';

create trigger settled_month_immutable before update or delete or truncate on settled_month
    for each statement execute function refuse_history_change();
create trigger settled_period_immutable before update or delete or truncate on settled_period
    for each statement execute function refuse_history_change();
create trigger settled_item_immutable before update or delete or truncate on settled_item
    for each statement execute function refuse_history_change();
--rollback drop table settled_item; drop table settled_period; drop table settled_month;

--changeset settlement:0006 runOnChange:true splitStatements:false
--comment A month at wholesale, by functions of the database.

-- What is in no settlement yet of months that end by an instant, and what it is at wholesale: each hour a 730th of the wholesale price of
-- the price version that it was charged by, in a month never more than the highest that the service had in it, as for the customer; where
-- the customer paid a rise for an hour in progress, the rise of the wholesale price too. So a month's periods of a service come, one after
-- the other, to the least of all caps and sums: the sum so far, less whatever it is above a cap at any period on the way. What waits for
-- hours that are not charged is left for later.
create or replace function due_wholesale(since timestamptz, until timestamptz, month_zone text)
returns table (rated_period_id bigint, of_month date, provider text, wholesale numeric, revenue numeric)
language sql stable
as $$
    with due as (
      select p.id, p.service_id, p.month_ends_at
        from rated_period p
       where p.month_ends_at > since
         and p.month_ends_at <= until
         and (not p.open or p.charged_until >= p.month_ends_at)
         and (p.hours > 0 or p.amount > 0)
         and not exists (select from settled_period s where s.rated_period_id = p.id)
    ),
    life as (
      select p.id, p.service_id, p.month_ends_at, p.hours, p.surcharge > 0 as rose, v.wholesale_monthly as cap,
             round(v.wholesale_monthly / 730, 8) as hourly,
             lag(round(v.wholesale_monthly / 730, 8)) over each as hourly_before,
             count(*) filter (where p.hours > 0) over (each rows between unbounded preceding and 1 preceding) as charged_before
        from (select distinct d.service_id, d.month_ends_at from due d) m
        join rated_period p on p.service_id = m.service_id and p.month_ends_at = m.month_ends_at
        join price_version v on v.id = p.price_version_id
      window each as (partition by p.service_id, p.month_ends_at order by p.id)
    ),
    reckoned as (
      select l.id, l.service_id, l.month_ends_at, max(l.cap) over each as cap,
             l.hours * l.hourly
             + case when l.rose
                    then greatest(0, l.hourly - greatest(
                           first_value(l.hourly_before) over last_hour,
                           max(l.hourly) over (last_hour rows between unbounded preceding and 1 preceding)))
                    else 0 end as amount
        from life l
      window each as (partition by l.service_id, l.month_ends_at order by l.id),
             last_hour as (partition by l.service_id, l.month_ends_at, l.charged_before order by l.id)
    ),
    summed as (
      select r.*, sum(r.amount) over (partition by r.service_id, r.month_ends_at order by r.id) as so_far from reckoned r
    ),
    capped as (
      select s.id, s.service_id, s.month_ends_at,
             s.so_far + least(0, min(s.cap - s.so_far) over (partition by s.service_id, s.month_ends_at order by s.id)) as so_far
        from summed s
    ),
    each_period as (
      select c.id,
             c.so_far - coalesce(lag(c.so_far) over (partition by c.service_id, c.month_ends_at order by c.id), 0) as wholesale
        from capped c
    )
    select p.id,
           date_trunc('month', (p.month_ends_at - interval '1 microsecond') at time zone month_zone)::date,
           coalesce(s.provider, h.provider, ''),
           e.wholesale,
           case when p.tax_included then p.amount - tax_part(p.amount, p.tax_rate, true) else p.amount end
      from due d
      join each_period e on e.id = d.id
      join rated_period p on p.id = d.id
      left join service s on s.id = p.service_id
      left join service_option o on o.id = p.service_id
      left join service h on h.id = o.service_id
$$;

-- What was sold in a further currency is told in that of the books at the month's rate, to eight decimals; without one it is an error.
-- Reckons a month for its settlement, once: by which run is answered, so that another finds out that it was somebody else.
create or replace function take_settlement(
    which_month date, which_run uuid, since timestamptz, until timestamptz, month_zone text, happened timestamptz) returns uuid
language plpgsql
as $$
begin
    insert into settled_month (month, run_id, since, period_to, taken_at)
    values (which_month, which_run, since, until, happened)
    on conflict (month) do nothing;
    if found then
        perform gather_items(until, happened);
        insert into settled_period (rated_period_id, month, of_month, provider, wholesale, revenue)
        select d.rated_period_id, which_month, d.of_month, d.provider, d.wholesale,
               case when c.code is null then d.revenue else round(d.revenue / r.per_home, 8) end
          from due_wholesale(since, until, month_zone) d
          join rated_period p on p.id = d.rated_period_id
          left join sales_currency c on c.code = p.currency
          left join settled_rate r on r.month = which_month and r.currency = p.currency;
        insert into settled_item (item_id, month, of_month, revenue)
        select i.id, which_month, date_trunc('month', i.effective_at at time zone month_zone)::date,
               case when c.code is null then n.net else round(n.net / r.per_home, 8) end
          from invoice_item i
         cross join lateral (select case when i.tax_included then i.amount - i.tax else i.amount end as net) n
          left join sales_currency c on c.code = i.currency
          left join settled_rate r on r.month = which_month and r.currency = i.currency
         where i.effective_at >= take_settlement.since
           and i.effective_at < until
           and not exists (select from settled_item s where s.item_id = i.id);
    end if;
    return (select m.run_id from settled_month m where m.month = which_month);
end $$;
--rollback drop function take_settlement; drop function due_wholesale;
