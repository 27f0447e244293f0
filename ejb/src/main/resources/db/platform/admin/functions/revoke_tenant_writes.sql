--liquibase formatted sql

--changeset offboarding:revoke_tenant_writes runOnChange:true splitStatements:false
-- Revokes, with the transaction, a suspended tenant role's right to change what would prevent its deletion.
--
-- Errors: raise_exception: tenant % is not suspended
-- Called by: TenantTransactions
create or replace function revoke_tenant_writes(suspended text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    home text := 't_' || replace(suspended, '-', '_');
    guest text := 'tn_' || replace(suspended, '-', '_');
begin
    if not exists (select from platform.tenant where slug = suspended and state = 'SUSPENDED') then
        raise exception 'tenant % is not suspended', suspended;
    end if;
    execute format(
        'revoke insert, update, delete on %1$I.service, %1$I.addon, %1$I.server_discrepancy, %1$I.rated_period, %1$I.journal_entry, %1$I.invoice from %2$I',
        home, guest);
    execute format('revoke tenantry_tenant from %I', guest);
end $$;
