-- The wholesale price of every settled hour comes from the price list valid when it started: the reseller's own before its group's before the general one, a region's price before that of all regions, and without either the highest of another region; it is zero in the reseller's own provider account.
with home as (
  select a.id, a.currency, t.zone as tz
    from platform.reseller_ledger_account a
    join platform.tenant t on t.slug = a.tenant and t.currency = a.currency
   where a.tenant_role = 'tn_' || substr(current_schema(), 3)
),
member as (
  select m.id, m.account_id, m.group_id, m.from_month, greatest(m.recorded_at, m.from_month::timestamp at time zone h.tz) as known_from
    from platform.reseller_group_member m
    join home h on h.id = m.account_id
),
moment as (
  select w.rated_period_id, w.segment, x.at
    from settled_price w
   cross join lateral (
     select w.starts_at as at
      union
     select w.starts_at + (w.hours - 1) * interval '1 hour' where w.hours > 1
      union
     select w.starts_at + ceil(extract(epoch from b.at - w.starts_at) / 3600)::integer * interval '1 hour'
       from (select v.valid_from from platform.price_list_version v where v.state = 'PUBLISHED'
              union select o.from_at from platform.platform_provider_account o
              union select m.known_from from member m) b (at)
      where b.at > w.starts_at and b.at <= w.starts_at + (w.hours - 1) * interval '1 hour') x
),
wanted as materialized (
  select distinct w.kind, w.account_id, w.provider, w.code, w.region, m.at
    from moment m
    join settled_price w on w.rated_period_id = m.rated_period_id and w.segment = m.segment
),
held as (
  select w.kind, w.account_id, w.provider, w.code, w.region, w.at,
         w.account_id is null or coalesce((
           select o.provided from platform.platform_provider_account o join home h on h.id = o.account_id
            where o.provider_account_id = w.account_id and o.from_at <= w.at
            order by o.from_at desc, o.id desc limit 1), false) as is_platforms,
         i.monthly, i.version_id
    from wanted w
    left join lateral (
      select i.monthly, i.version_id
        from home h
        join platform.price_list l on l.currency = h.currency
        join lateral (select v.id from platform.price_list_version v
                       where v.list_id = l.id and v.state = 'PUBLISHED' and v.valid_from <= w.at
                       order by v.valid_from desc, v.number desc limit 1) v on true
        join platform.price_list_item i on i.version_id = v.id and i.kind = w.kind and i.provider = w.provider
         and i.code in (w.code, case when w.code like 'BACKUP%' then 'BACKUP' end)
         and (i.region in ('', w.region) or w.region <> '')
       where l.account_id = h.id
          or l.group_id = (select m.group_id from member m where m.account_id = h.id and m.known_from <= w.at
                            order by m.from_month desc, m.id desc limit 1)
          or l.account_id is null and l.group_id is null
       order by i.region not in ('', w.region),
                case when i.region not in ('', w.region) then 0 when l.account_id is not null then 1 when l.group_id is not null then 2 else 3 end,
                i.code = w.code desc, i.region = '', i.monthly desc
       limit 1) i on true
)
select distinct p.wallet_id,
       format('rated period %s: %s at %s a month (%s), price lists say %s', p.id, m.at, w.monthly, w.origin,
              case when h.is_platforms then coalesce(h.monthly * coalesce(v.quantity, 1), v.wholesale_monthly)::text else 'own account' end) as detail
  from moment m
  join settled_price w on w.rated_period_id = m.rated_period_id and w.segment = m.segment
  join rated_period p on p.id = w.rated_period_id
  join price_version v on v.id = p.price_version_id
  join settled_period s on s.rated_period_id = p.id
  join wholesale_month n on n.month = s.month
  join held h on h.kind = w.kind and h.account_id is not distinct from w.account_id and h.provider = w.provider and h.code = w.code
             and h.region = w.region and h.at = m.at
 cross join platform.wholesale_policy y
 where exists (select from platform.settlement_run r where r.id = n.run_id)
   and (w.origin, w.monthly) is distinct from
       case when m.at < y.starts_at or h.is_platforms and h.monthly is null then ('MANUAL'::text, v.wholesale_monthly)
            when not h.is_platforms then ('OWN_ACCOUNT'::text, 0::numeric)
            else ('LIST'::text, h.monthly * coalesce(v.quantity, 1)) end
