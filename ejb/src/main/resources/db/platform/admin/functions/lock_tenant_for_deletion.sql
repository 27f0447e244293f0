--liquibase formatted sql

--changeset offboarding:lock_tenant_for_deletion runOnChange:true splitStatements:false
-- Freezes a suspended tenant until the transaction ends: waits at most three seconds for transactions that change what would prevent its deletion,
-- and makes others wait. Returns false if the tenant is not suspended.
--
-- Errors: lock_not_available if another transaction holds it for longer
-- Called by: TenantTransactions
create or replace function lock_tenant_for_deletion(suspended text) returns boolean
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '3s'
as $$
declare
    home text := 't_' || replace(suspended, '-', '_');
begin
    perform from platform.tenant where slug = suspended and state = 'SUSPENDED' for no key update;
    if not found then
        return false;
    end if;
    execute format(
        'lock table %1$I.service, %1$I.addon, %1$I.server_discrepancy, %1$I.rated_period, %1$I.journal_entry, %1$I.invoice in share mode',
        home);
    perform pg_advisory_xact_lock(7408, hashtext(home));
    lock table platform.tenant_export, platform.settlement_run, platform.settlement, platform.reseller_ledger_account in share mode;
    return true;
end $$;
