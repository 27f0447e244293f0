--liquibase formatted sql

--changeset settlement:0016
--comment At which wholesale price each settled hour was, and by which version of a price list.
create table settled_price (
    rated_period_id bigint not null,
    piece integer not null,
    starts_at timestamptz not null,
    hours integer not null,
    origin text not null,
    version_id uuid,
    kind text not null,
    account_id uuid,
    provider text not null,
    code text not null,
    region text not null,
    monthly numeric(20, 8) not null,
    wholesale numeric(20, 8) not null,
    constraint settled_price_pk primary key (rated_period_id, piece),
    constraint settled_price_period_fk foreign key (rated_period_id) references settled_period (rated_period_id),
    constraint settled_price_origin_ck check (origin in ('LIST', 'OWN_ACCOUNT', 'TYPED')),
    constraint settled_price_version_ck check ((origin = 'LIST') = (version_id is not null)),
    constraint settled_price_amount_ck check (hours >= 0 and monthly >= 0 and wholesale >= 0 and (origin <> 'OWN_ACCOUNT' or monthly = 0))
);
comment on table settled_price is 'append-only: the hours of a settled rated period by wholesale price, in order; monthly: of the whole quantity; wholesale: what of the period''s they are; origin TYPED: the price version''s own, of hours before price lists or of what no list names; months that were settled before price lists have none';
create trigger settled_price_immutable before update or delete or truncate on settled_price
    for each statement execute function refuse_history_change();
--rollback drop table settled_price;

--changeset settlement:0017 runOnChange:true splitStatements:false
--comment Wholesale prices of hours, by price lists.

-- Published versions that hold for this reseller and when: layer 1 its own, 2 its group's, 3 everybody's. Nothing of the past depends on what
-- is written later: a version holds at the earliest when it is published, a membership when it is noted.
create or replace function wholesale_versions(home text, month_zone text)
returns table (layer integer, version_id uuid, from_at timestamptz, until_at timestamptz)
language sql stable
as $$
    with me as (
      select a.id from platform.reseller_account a where a.tenant_role = 'tn_' || substr(current_schema(), 3) and a.currency = home
    ),
    noted as (
      select m.id, m.group_id, m.from_month, greatest(m.noted_at, m.from_month::timestamp at time zone month_zone) as from_at
        from platform.reseller_group_member m
       where m.account_id in (select id from me)
    ),
    member as (
      select x.from_at, coalesce(lead(x.from_at) over (order by x.from_at), 'infinity') as until_at,
             (select n.group_id from noted n where n.from_at <= x.from_at order by n.from_month desc, n.id desc limit 1) as group_id
        from (select distinct from_at from noted) x
    ),
    version as (
      select v.id, v.list_id, v.valid_from, coalesce(lead(v.valid_from) over (partition by v.list_id order by v.valid_from), 'infinity') as until_at
        from (select distinct on (list_id, valid_from) id, list_id, valid_from
                from platform.price_list_version
               where state = 'PUBLISHED'
               order by list_id, valid_from, number desc) v
    )
    select case when l.account_id is null then 3 else 1 end, v.id, v.valid_from, v.until_at
      from platform.price_list l
      join version v on v.list_id = l.id
     where l.currency = home and l.group_id is null and (l.account_id is null or l.account_id in (select id from me))
     union all
    select 2, v.id, greatest(v.valid_from, m.from_at), least(v.until_at, m.until_at)
      from member m
      join platform.price_list l on l.group_id = m.group_id and l.currency = home
      join version v on v.list_id = l.id and v.valid_from < m.until_at and m.from_at < v.until_at
$$;

-- The hours of rated periods by wholesale price, in order: an hour is at the price that holds when it begins. A period without hours has one
-- piece without hours. Quantities of options are in the price. In a region for which no list has a price, while one has for another, it is the
-- highest of those. What can be of an hour that began before it, as a rise of the price can, has a piece 0 without hours: at the price when that
-- hour began.
create or replace function wholesale_pieces(periods bigint[], home text, month_zone text)
returns table (rated_period_id bigint, piece integer, starts_at timestamptz, hours integer, origin text, version_id uuid, kind text,
               account_id uuid, provider text, code text, region text, monthly numeric)
language sql stable
as $$
    with policy as materialized (
      select starts_at from platform.wholesale_policy
    ),
    version as materialized (
      select * from wholesale_versions(home, month_zone)
    ),
    owner as materialized (
      select o.id, o.provider_account_id, o.provided, o.from_at
        from platform.platform_provider_account o
        join platform.reseller_account a on a.id = o.account_id
       where a.tenant_role = 'tn_' || substr(current_schema(), 3)
    ),
    step as materialized (
      select b.from_at, lead(b.from_at, 1, 'infinity') over (order by b.from_at) as until_at
        from (select '-infinity'::timestamptz as from_at
               union select p.starts_at from policy p
               union select v.from_at from version v
               union select v.until_at from version v where v.until_at < 'infinity'
               union select o.from_at from owner o) b
    ),
    sold as materialized (
      select p.id, p.starts_at, p.hours, p.surcharge > 0 or p.hours = 0 as is_within,
             v.wholesale_monthly as typed, coalesce(v.quantity, 1) as quantity,
             case when v.plan_id is null then 'OPTION' else 'PLAN' end as kind,
             case when v.plan_id is null then x.account_id else r.account_id end as account_id,
             coalesce(a.vendor, 'platform') as provider,
             case when v.plan_id is null then array_remove(array[f.kind || '_' || f.policy, f.kind], null)
                  when r.plan_id is null
                  then array[n.vcpus || '-' || n.memory_mib || '-' || n.disk_gib || '-'
                             || case when n.transfer_unlimited then 'unlimited' else n.transfer_gib::text end]
                  else array[z.code] end as codes,
             coalesce(x.upstream_region, '') as region
        from rated_period p
        join price_version v on v.id = p.price_version_id
        left join plan n on n.id = v.plan_id
        left join plan_source r on r.plan_id = v.plan_id
        left join stock_size z on z.id = r.size_id
        left join option_price f on f.id = v.option_price_id
        left join service_option o on o.id = p.service_id
        left join service x on x.id = coalesce(o.service_id, p.service_id)
        left join provider_account a on a.id = case when v.plan_id is null then x.account_id else r.account_id end
       where p.id = any (periods)
    ),
    price as materialized (
      select k.kind, k.account_id, k.provider, k.codes, k.region, t.from_at,
             t.from_at < y.starts_at as is_before,
             k.account_id is not null
               and not coalesce((select o.provided from owner o
                                  where o.provider_account_id = k.account_id and o.from_at <= t.from_at
                                  order by o.from_at desc, o.id desc limit 1), false) as is_own,
             i.version_id, i.code, i.region as priced_region, i.monthly
        from (select distinct kind, account_id, provider, codes, region from sold) k
       cross join step t
       cross join policy y
        left join lateral (select i.version_id, i.code, i.region, i.monthly
                             from version w
                             join platform.price_list_item i on i.version_id = w.version_id
                            where w.from_at <= t.from_at and t.from_at < w.until_at
                              and i.kind = k.kind and i.provider = k.provider and i.code = any (k.codes)
                              and (i.region in ('', k.region) or k.region <> '')
                            order by i.region not in ('', k.region), case when i.region in ('', k.region) then w.layer end,
                                     array_position(k.codes, i.code), i.region = '', i.monthly desc, w.layer limit 1) i on true
    ),
    part as (
      select s.*, t.from_at, g.first_hour, h.end_hour
        from sold s
        join step t on t.from_at <= s.starts_at + greatest(s.hours, 1) * interval '1 hour' and s.starts_at < t.until_at
       cross join lateral (select case when t.from_at <= s.starts_at then 0
                                       else ceil(extract(epoch from t.from_at - s.starts_at) / 3600)::integer end as first_hour) g
       cross join lateral (select case when t.until_at = 'infinity' then s.hours
                                       else least(s.hours, ceil(extract(epoch from t.until_at - s.starts_at) / 3600)::integer) end as end_hour) h
       where h.end_hour > g.first_hour or s.hours = 0 and g.first_hour = 0
       union all
      select s.*, t.from_at, -1, -1
        from sold s
        join step t on t.from_at <= s.starts_at - interval '1 hour' and s.starts_at - interval '1 hour' < t.until_at
       where s.is_within
    )
    select p.id,
           case when p.first_hour < 0 then 0
                else (row_number() over (partition by p.id, p.first_hour < 0 order by p.from_at))::integer end,
           p.starts_at + p.first_hour * interval '1 hour', greatest(p.end_hour - p.first_hour, 0),
           o.origin, case when o.origin = 'LIST' then c.version_id end, p.kind, p.account_id, p.provider,
           coalesce(case when o.origin = 'LIST' then c.code end, p.codes[1], ''), p.region,
           case o.origin when 'LIST' then c.monthly * p.quantity when 'OWN_ACCOUNT' then 0 else p.typed end
      from part p
      join price c on c.from_at = p.from_at and c.kind = p.kind and c.account_id is not distinct from p.account_id and c.provider = p.provider
                  and c.codes = p.codes and c.region = p.region
     cross join lateral (select case when c.is_before then 'TYPED' when c.is_own then 'OWN_ACCOUNT'
                                     when c.monthly is not null then 'LIST' else 'TYPED' end as origin) o
$$;

-- What is in no settlement yet of months that end by an instant, and what it is at wholesale, piece by piece: each hour a 730th of the price
-- that holds when it begins, in a month never more than the highest that the service had in it, as for the customer; where the customer paid a
-- rise for an hour in progress, the rise of the wholesale price too, by the prices of when that hour began. So a month's pieces of a service
-- come, one after the other, to the least of all caps and sums: the sum so far, less whatever it is above a cap at any piece on the way. What
-- waits for hours that are not charged is left for later. Pieces 0 cost nothing: they say what the price was when the hour in progress began.
create or replace function due_wholesale_pieces(since timestamptz, until timestamptz, month_zone text, home text)
returns table (rated_period_id bigint, piece integer, starts_at timestamptz, hours integer, origin text, version_id uuid, kind text,
               account_id uuid, provider text, code text, region text, monthly numeric, wholesale numeric)
language sql stable
as $$
    with due as materialized (
      select p.id, p.service_id, p.month_ends_at
        from rated_period p
       where p.month_ends_at > since
         and p.month_ends_at <= until
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
      select * from wholesale_pieces(array(select id from lived), home, month_zone)
    ),
    life as (
      select w.*, l.service_id, l.month_ends_at, l.rose and w.piece = 1 as rose,
             round(w.monthly / 730, 8) as hourly,
             round(coalesce(b.monthly, w.monthly) / 730, 8) as hourly_then,
             lag(round(w.monthly / 730, 8)) over each as hourly_before,
             count(*) filter (where w.hours > 0) over (each rows between unbounded preceding and 1 preceding) as charged_before
        from priced w
        join lived l on l.id = w.rated_period_id
        left join priced b on b.rated_period_id = w.rated_period_id and b.piece = 0 and w.piece = 1
       where w.piece > 0
      window each as (partition by l.service_id, l.month_ends_at order by w.rated_period_id, w.piece)
    ),
    reckoned as (
      select l.*, max(l.monthly) over each as cap,
             l.hours * l.hourly
             + case when l.rose
                    then greatest(0, l.hourly_then - greatest(
                           first_value(l.hourly_before) over last_hour,
                           max(l.hourly_then) over (last_hour rows between unbounded preceding and 1 preceding)))
                    else 0 end as amount
        from life l
      window each as (partition by l.service_id, l.month_ends_at order by l.rated_period_id, l.piece),
             last_hour as (partition by l.service_id, l.month_ends_at, l.charged_before order by l.rated_period_id, l.piece)
    ),
    summed as (
      select r.*, sum(r.amount) over (partition by r.service_id, r.month_ends_at order by r.rated_period_id, r.piece) as so_far from reckoned r
    ),
    capped as (
      select s.*,
             s.so_far + least(0, min(s.cap - s.so_far) over (partition by s.service_id, s.month_ends_at
                                                             order by s.rated_period_id, s.piece)) as kept
        from summed s
    )
    select e.rated_period_id, e.piece, e.starts_at, e.hours, e.origin, e.version_id, e.kind, e.account_id, e.provider, e.code, e.region,
           e.monthly, e.kept - coalesce(e.kept_before, 0)
      from (select c.*, lag(c.kept) over (partition by c.service_id, c.month_ends_at order by c.rated_period_id, c.piece) as kept_before
              from capped c) e
      join due d on d.id = e.rated_period_id
     union all
    select b.rated_period_id, b.piece, b.starts_at, b.hours, b.origin, b.version_id, b.kind, b.account_id, b.provider, b.code, b.region,
           b.monthly, 0
      from priced b
      join due d on d.id = b.rated_period_id
     where b.piece = 0
$$;

comment on table settled_price is 'append-only: the hours of a settled rated period by wholesale price, in order; monthly: of the whole quantity; wholesale: what of the period''s they are; piece 0, without hours: at which price the hour in progress was when it began, of a period that opened within it; origin TYPED: the price version''s own, of hours before price lists or of what no list names; months that were settled before price lists have none';

-- Reckons a month for its settlement, once: by which run is answered, so that another finds out that it was somebody else. What was sold in a
-- further currency is told in that of the books at the month's rate, to eight decimals; without one it is an error.
create or replace function take_settlement(
    which_month date, which_run uuid, since timestamptz, until timestamptz, month_zone text, home text, happened timestamptz) returns uuid
language plpgsql
as $$
begin
    insert into settled_month (month, run_id, since, period_to, taken_at)
    values (which_month, which_run, since, until, happened)
    on conflict (month) do nothing;
    if found then
        perform gather_items(until, happened);
        with due as materialized (
          select d.* from due_wholesale_pieces(since, until, month_zone, home) d
        ),
        taken as (
          insert into settled_period (rated_period_id, month, of_month, provider, wholesale, revenue)
          select p.id, which_month,
                 date_trunc('month', (p.month_ends_at - interval '1 microsecond') at time zone month_zone)::date,
                 coalesce(s.provider, h.provider, ''),
                 d.wholesale,
                 case when c.code is null then n.net else round(n.net / r.per_home, 8) end
            from (select rated_period_id, sum(wholesale) as wholesale from due group by 1) d
            join rated_period p on p.id = d.rated_period_id
           cross join lateral (select case when p.tax_included then p.amount - tax_part(p.amount, p.tax_rate, true)
                                           else p.amount end as net) n
            left join service s on s.id = p.service_id
            left join service_option o on o.id = p.service_id
            left join service h on h.id = o.service_id
            left join sales_currency c on c.code = p.currency
            left join settled_rate r on r.month = which_month and r.currency = p.currency
          returning rated_period_id
        )
        insert into settled_price (rated_period_id, piece, starts_at, hours, origin, version_id, kind, account_id, provider, code, region,
                                   monthly, wholesale)
        select d.rated_period_id, d.piece, d.starts_at, d.hours, d.origin, d.version_id, d.kind, d.account_id, d.provider, d.code, d.region,
               d.monthly, d.wholesale
          from due d
          join taken t on t.rated_period_id = d.rated_period_id;
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
--rollback drop function take_settlement(date, uuid, timestamptz, timestamptz, text, text, timestamptz); drop function due_wholesale_pieces; drop function wholesale_pieces; drop function wholesale_versions;

--changeset settlement:0018 splitStatements:false
--comment The functions before price lists are no longer called.
drop function take_settlement(date, uuid, timestamptz, timestamptz, text, timestamptz);
drop function due_wholesale(timestamptz, timestamptz, text);
--rollback create or replace function due_wholesale(since timestamptz, until timestamptz, month_zone text)
--rollback returns table (rated_period_id bigint, of_month date, provider text, wholesale numeric, revenue numeric)
--rollback language sql stable
--rollback as $$
--rollback     with due as (
--rollback       select p.id, p.service_id, p.month_ends_at
--rollback         from rated_period p
--rollback        where p.month_ends_at > since
--rollback          and p.month_ends_at <= until
--rollback          and (not p.open or p.charged_until >= p.month_ends_at)
--rollback          and (p.hours > 0 or p.amount > 0)
--rollback          and not exists (select from settled_period s where s.rated_period_id = p.id)
--rollback     ),
--rollback     life as (
--rollback       select p.id, p.service_id, p.month_ends_at, p.hours, p.surcharge > 0 as rose, v.wholesale_monthly as cap,
--rollback              round(v.wholesale_monthly / 730, 8) as hourly,
--rollback              lag(round(v.wholesale_monthly / 730, 8)) over each as hourly_before,
--rollback              count(*) filter (where p.hours > 0) over (each rows between unbounded preceding and 1 preceding) as charged_before
--rollback         from (select distinct d.service_id, d.month_ends_at from due d) m
--rollback         join rated_period p on p.service_id = m.service_id and p.month_ends_at = m.month_ends_at
--rollback         join price_version v on v.id = p.price_version_id
--rollback       window each as (partition by p.service_id, p.month_ends_at order by p.id)
--rollback     ),
--rollback     reckoned as (
--rollback       select l.id, l.service_id, l.month_ends_at, max(l.cap) over each as cap,
--rollback              l.hours * l.hourly
--rollback              + case when l.rose
--rollback                     then greatest(0, l.hourly - greatest(
--rollback                            first_value(l.hourly_before) over last_hour,
--rollback                            max(l.hourly) over (last_hour rows between unbounded preceding and 1 preceding)))
--rollback                     else 0 end as amount
--rollback         from life l
--rollback       window each as (partition by l.service_id, l.month_ends_at order by l.id),
--rollback              last_hour as (partition by l.service_id, l.month_ends_at, l.charged_before order by l.id)
--rollback     ),
--rollback     summed as (
--rollback       select r.*, sum(r.amount) over (partition by r.service_id, r.month_ends_at order by r.id) as so_far from reckoned r
--rollback     ),
--rollback     capped as (
--rollback       select s.id, s.service_id, s.month_ends_at,
--rollback              s.so_far + least(0, min(s.cap - s.so_far) over (partition by s.service_id, s.month_ends_at order by s.id)) as so_far
--rollback         from summed s
--rollback     ),
--rollback     each_period as (
--rollback       select c.id,
--rollback              c.so_far - coalesce(lag(c.so_far) over (partition by c.service_id, c.month_ends_at order by c.id), 0) as wholesale
--rollback         from capped c
--rollback     )
--rollback     select p.id,
--rollback            date_trunc('month', (p.month_ends_at - interval '1 microsecond') at time zone month_zone)::date,
--rollback            coalesce(s.provider, h.provider, ''),
--rollback            e.wholesale,
--rollback            case when p.tax_included then p.amount - tax_part(p.amount, p.tax_rate, true) else p.amount end
--rollback       from due d
--rollback       join each_period e on e.id = d.id
--rollback       join rated_period p on p.id = d.id
--rollback       left join service s on s.id = p.service_id
--rollback       left join service_option o on o.id = p.service_id
--rollback       left join service h on h.id = o.service_id
--rollback $$;
--rollback create or replace function take_settlement(
--rollback     which_month date, which_run uuid, since timestamptz, until timestamptz, month_zone text, happened timestamptz) returns uuid
--rollback language plpgsql
--rollback as $$
--rollback begin
--rollback     insert into settled_month (month, run_id, since, period_to, taken_at)
--rollback     values (which_month, which_run, since, until, happened)
--rollback     on conflict (month) do nothing;
--rollback     if found then
--rollback         perform gather_items(until, happened);
--rollback         insert into settled_period (rated_period_id, month, of_month, provider, wholesale, revenue)
--rollback         select d.rated_period_id, which_month, d.of_month, d.provider, d.wholesale,
--rollback                case when c.code is null then d.revenue else round(d.revenue / r.per_home, 8) end
--rollback           from due_wholesale(since, until, month_zone) d
--rollback           join rated_period p on p.id = d.rated_period_id
--rollback           left join sales_currency c on c.code = p.currency
--rollback           left join settled_rate r on r.month = which_month and r.currency = p.currency;
--rollback         insert into settled_item (item_id, month, of_month, revenue)
--rollback         select i.id, which_month, date_trunc('month', i.effective_at at time zone month_zone)::date,
--rollback                case when c.code is null then n.net else round(n.net / r.per_home, 8) end
--rollback           from invoice_item i
--rollback          cross join lateral (select case when i.tax_included then i.amount - i.tax else i.amount end as net) n
--rollback           left join sales_currency c on c.code = i.currency
--rollback           left join settled_rate r on r.month = which_month and r.currency = i.currency
--rollback          where i.effective_at >= take_settlement.since
--rollback            and i.effective_at < until
--rollback            and not exists (select from settled_item s where s.item_id = i.id);
--rollback     end if;
--rollback     return (select m.run_id from settled_month m where m.month = which_month);
--rollback end $$;
