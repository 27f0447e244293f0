-- A tenant is expected from another database: makes its role, which its dump gives rights to. Run it before the dump is restored;
-- it may be run again at any time. The whole way is in docs/operations.md, "One tenant alone".
--
-- As a superuser:
--   psql -d tenantry -v tenant=... -f tenant-expect.sql

\set ON_ERROR_STOP on

select set_config('tenantry.tenant', :'tenant', false) as tenant;

do $$
declare
    wanted text := current_setting('tenantry.tenant');
    home text := 't_' || replace(wanted, '-', '_');
    own text := 'tn_' || replace(wanted, '-', '_');
begin
    perform set_config('role', 'tenantry_admin', true);
    if exists (select from platform.tenant t where t.slug = wanted) then
        raise exception 'a tenant "%" is here already', wanted;
    end if;
    if to_regnamespace(quote_ident(home)) is not null then
        raise exception 'schema % is here already: go on with tenant-arrive.sql, or drop it (drop schema % cascade) and begin again', home, home;
    end if;
    if not exists (select from pg_roles where rolname = own) then
        execute format('create role %I nologin', own);
    end if;
    execute format('grant tenantry_tenant to %I', own);
end $$;
