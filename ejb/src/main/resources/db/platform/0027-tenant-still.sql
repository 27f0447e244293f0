--liquibase formatted sql

--changeset tenant-still:0001 splitStatements:false
--comment What is asked before a reseller is deleted must be true until it is: still_tenant waits for those who change it and keeps others waiting until the transaction ends, and bar_tenant takes from them, with the transaction, the right to go on.
create function still_tenant(suspended text) returns boolean
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
        'lock table %1$I.service, %1$I.service_option, %1$I.finding, %1$I.rated_period, %1$I.journal_entry, %1$I.invoice in share mode',
        home);
    perform pg_advisory_xact_lock(7408, hashtext(home));
    lock table platform.tenant_export, platform.settlement_run, platform.settlement, platform.reseller_account in share mode;
    return true;
end $$;

create function bar_tenant(suspended text) returns void
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
        'revoke insert, update, delete on %1$I.service, %1$I.service_option, %1$I.finding, %1$I.rated_period, %1$I.journal_entry, %1$I.invoice from %2$I',
        home, guest);
    execute format('revoke tenantry_tenant from %I', guest);
end $$;
--rollback drop function still_tenant(text); drop function bar_tenant(text);
