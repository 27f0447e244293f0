--liquibase formatted sql

--changeset settlement:wholesale_segments runOnChange:true splitStatements:false
-- The hours of rated periods by wholesale price, in order: an hour has the price that applies when it begins. A period without hours has one segment
-- without hours. Quantities of add-ons are in the price. In a region without a list price, while another region has one, it is the highest of those.
-- A period that may cover an hour that began before it, as for a price rise, has a segment 0 without hours: at the price as of the start of that hour.
--
-- Arguments: periods: ids of rated_period
--            home: currency of the books, and of the prices
--            month_zone: the reseller's time zone
-- Returns: a row for each segment: hours, and the monthly price in home with its origin
-- Called by: function due_wholesale_segments
create or replace function wholesale_segments(periods bigint[], home text, month_zone text)
returns table (rated_period_id bigint, segment integer, starts_at timestamptz, hours integer, origin text, version_id uuid, kind text,
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
        join platform.reseller_ledger_account a on a.id = o.account_id
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
             case when v.plan_id is null then 'ADDON' else 'PLAN' end as kind,
             case when v.plan_id is null then x.account_id else r.account_id end as account_id,
             coalesce(a.provider, 'platform') as provider,
             case when v.plan_id is null then array_remove(array[f.kind || '_' || f.policy, f.kind], null)
                  when r.plan_id is null
                  then array[n.vcpus || '-' || n.memory_mib || '-' || n.disk_gib || '-'
                             || case when n.transfer_unlimited then 'unlimited' else n.transfer_gib::text end]
                  else array[z.code] end as codes,
             coalesce(x.provider_region, '') as region
        from rated_period p
        join price_version v on v.id = p.price_version_id
        left join plan n on n.id = v.plan_id
        left join plan_source_v r on r.plan_id = v.plan_id
        left join provider_size_v z on z.id = r.size_id
        left join addon_price_v f on f.id = v.addon_price_id
        left join addon_v o on o.id = p.service_id
        left join service_v x on x.id = coalesce(o.service_id, p.service_id)
        left join provider_account_v a on a.id = case when v.plan_id is null then x.account_id else r.account_id end
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
     cross join lateral (select case when c.is_before then 'MANUAL' when c.is_own then 'OWN_ACCOUNT'
                                     when c.monthly is not null then 'LIST' else 'MANUAL' end as origin) o
$$;
