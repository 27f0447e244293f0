--liquibase formatted sql

--changeset pricing:0009 splitStatements:false
--comment A reseller learns of withdrawn versions that it was told of, and of no others: it has to know their ids. It cannot read the versions themselves.
create function withdrawn_price_list_versions(known uuid[], since timestamptz)
    returns table (id uuid, valid_from timestamptz) language sql stable security definer set search_path = '' as $$
    select v.id, v.valid_from
      from platform.price_list_version v
     where v.id = any (known) and v.state = 'WITHDRAWN' and v.withdrawn_at > since
     order by v.valid_from, v.id
$$;
revoke all on function withdrawn_price_list_versions(uuid[], timestamptz) from public;
grant execute on function withdrawn_price_list_versions(uuid[], timestamptz) to tenantry_tenant;
--rollback drop function withdrawn_price_list_versions(uuid[], timestamptz);
