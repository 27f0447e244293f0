--liquibase formatted sql

--changeset charging:activate_service runOnChange:true splitStatements:false
-- Opens a service's first rated period, with the tax of the wallet's organization and of the plan at that instant, charges its first hour, and updates
-- the wallet's status: one round trip instead of seven, with plans that stay with the connection. The period is inserted with its first hour charged,
-- and the wallet's cost per hour rises by that of the service, unless a tax exemption has to end first.
--
-- Arguments: service, wallet: a service that is not charged yet, and the wallet that pays
--            price_version: the version the customer accepted, in the wallet's currency
--            activated_at: start of the first hour
--            until: an instant within the first hour
--            month_zone, entry_source, entry_key, actor_name, occurred_at: as of charge_due
-- Returns: the wallet's organization; null, and nothing is changed, if there is no wallet and price version in one currency
-- Called by: charging.ChargingSql
create or replace function activate_service(
    service uuid, wallet uuid, price_version uuid, activated_at timestamptz, until timestamptz, month_zone text,
    entry_source text, entry_key text, actor_name text, occurred_at timestamptz) returns uuid
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
set plan_cache_mode = force_generic_plan
as $$
declare
    payer record;
    opened record;
    first_hours integer := case when exists (select from exemption_expiry_v) then 0 else 1 end;
begin
    select w.organization_id, w.currency into payer from wallet w where w.id = activate_service.wallet for no key update;
    if not found then
        return null;
    end if;
    insert into rated_period (service_id, wallet_id, price_version_id, currency, hourly, starts_at,
                              month_ends_at, charged_until, hours, added, month_cap, cap,
                              amount, tax_id, tax_rate, tax_included)
    select service, activate_service.wallet, v.id, v.currency, v.hourly, activated_at,
           month_end(activated_at, month_zone), activated_at + first_hours * interval '1 hour', first_hours, first_hours, v.monthly, v.monthly,
           least(v.monthly, first_hours * v.hourly), t.id, t.rate, t.included
      from price_version v
     cross join lateral applicable_tax(activate_service.wallet, tax_category_of(v.plan_id, service, activated_at), activated_at,
                                       month_zone) t
     where v.id = price_version and v.currency = payer.currency
    returning amount, hourly, tax_rate as rate, tax_included as included into opened;
    if not found then
        return null;
    end if;
    if not exists (select from ledger_account a where a.kind = 'REVENUE' and a.currency = payer.currency) then
        perform open_accounts('REVENUE', array[payer.currency::text], occurred_at);
    end if;
    if first_hours = 0 then
        perform charge_due(null, service, false, until, month_zone, entry_source, entry_key, actor_name, occurred_at);
        perform update_balance_status(array[activate_service.wallet], occurred_at);
    else
        perform move_charges(array[activate_service.wallet], array[with_tax(opened.amount, opened.rate, opened.included)], true,
                             entry_source, entry_key, until, actor_name, occurred_at,
                             tax_part(opened.amount, opened.rate, opened.included),
                             with_tax(opened.hourly, opened.rate, opened.included));
    end if;
    return payer.organization_id;
end $$;
