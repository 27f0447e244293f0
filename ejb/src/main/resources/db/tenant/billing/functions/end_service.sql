--liquibase formatted sql

--changeset charging:end_service runOnChange:true splitStatements:false
-- Charges a service's last started hour, closes its rated period, and updates the wallet's status: one round trip instead of eight, with plans that
-- stay with the connection. Does none of this for a paused service.
--
-- Arguments: service, wallet: a charged service, and the wallet that pays
--            ended_at: hours that started before it are charged
--            month_zone, entry_source, entry_key, actor_name, occurred_at: as of charge_due
-- Returns: outcome: ENDED, PAUSED, NO_WALLET, or NO_PERIOD if the service has no open rated period; only ENDED changes anything
--          organization: the wallet's, if there is one
-- Called by: charging.ChargingSql
create or replace function end_service(
    service uuid, wallet uuid, ended_at timestamptz, month_zone text, entry_source text, entry_key text, actor_name text,
    occurred_at timestamptz,
    out outcome text, out organization uuid)
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
set plan_cache_mode = force_generic_plan
as $$
begin
    select w.organization_id into organization from wallet w where w.id = end_service.wallet for no key update;
    if not found then
        outcome := 'NO_WALLET';
    elsif exists (select from charge_pause p where p.service_id = service and p.resumed_at is null) then
        outcome := 'PAUSED';
    elsif not exists (select from rated_period p where p.service_id = service and p.open) then
        outcome := 'NO_PERIOD';
    else
        perform charge_due(null, service, false, ended_at, month_zone, entry_source, entry_key, actor_name, occurred_at);
        update rated_period p set open = false where p.service_id = service and p.open;
        perform update_balance_status(array[end_service.wallet], occurred_at);
        outcome := 'ENDED';
    end if;
end $$;
