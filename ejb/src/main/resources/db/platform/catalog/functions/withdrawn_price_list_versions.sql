--liquibase formatted sql

--changeset pricing:withdrawn_price_list_versions runOnChange:true splitStatements:false
-- Of the given versions announced to a reseller, returns those withdrawn since an instant, and when they would have become valid. A reseller cannot
-- read withdrawn versions: it has to know their ids.
--
-- Called by: pricing.PriceListNotifications
create or replace function withdrawn_price_list_versions(known uuid[], since timestamptz)
    returns table (id uuid, valid_from timestamptz) language sql stable security definer set search_path = '' as $$
    select v.id, v.valid_from
      from platform.price_list_version v
     where v.id = any (known) and v.state = 'WITHDRAWN' and v.withdrawn_at > since
     order by v.valid_from, v.id
$$;
revoke all on function withdrawn_price_list_versions(uuid[], timestamptz) from public;
grant execute on function withdrawn_price_list_versions(uuid[], timestamptz) to tenantry_tenant;
