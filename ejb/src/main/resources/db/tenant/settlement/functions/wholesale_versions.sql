--liquibase formatted sql

--changeset settlement:wholesale_versions runOnChange:true splitStatements:false
-- Published versions of price lists that apply to this reseller, and when. Later writes never change the past: a version applies at the earliest from
-- its publication, a membership from its recording.
--
-- Arguments: home: currency of the price lists
--            month_zone: the reseller's time zone, in which memberships begin
-- Returns: layer: 1 its own list, 2 its group's, 3 the list for all; from_at inclusive, until_at exclusive
-- Called by: pricing.PriceBookSql, function wholesale_segments
create or replace function wholesale_versions(home text, month_zone text)
returns table (layer integer, version_id uuid, from_at timestamptz, until_at timestamptz)
language sql stable
as $$
    with me as (
      select a.id from platform.reseller_ledger_account a where a.tenant_role = 'tn_' || substr(current_schema(), 3) and a.currency = home
    ),
    noted as (
      select m.id, m.group_id, m.from_month, greatest(m.recorded_at, m.from_month::timestamp at time zone month_zone) as from_at
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
