--liquibase formatted sql

--changeset tenants:0001
--comment Tenants' roles are members of one that may see to runs; before, each had rights of its own, in one ever longer row.
grant usage on schema work to tenantry_tenant;
grant select, insert, update on charging_run, charging_slice to tenantry_tenant;
--rollback revoke all on charging_run, charging_slice from tenantry_tenant; revoke all on schema work from tenantry_tenant;

--changeset tenants:0002 splitStatements:false
do $$
declare r name;
begin
  for r in select rolname from pg_roles where rolname like 'tn\_%' loop
    execute format('revoke all on all tables in schema work from %I', r);
    execute format('revoke all on schema work from %I', r);
  end loop;
end $$;
--rollback select 1;
