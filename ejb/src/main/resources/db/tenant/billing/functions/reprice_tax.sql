--liquibase formatted sql

--changeset charging:reprice_tax runOnChange:true splitStatements:false
-- Closes the open rated periods of a wallet whose tax differs from the current one, and opens the next ones. The wallet is locked and charged up to
-- the instant by the caller; an hour in progress keeps its tax.
--
-- Arguments: which_wallet: the wallet
--            instant: start of the new tax
--            zone: the reseller's time zone
-- Returns: number of periods replaced
-- Called by: charging.ChargingSql, function charge_due
create or replace function reprice_tax(which_wallet uuid, instant timestamptz, zone text) returns integer
language plpgsql
as $$
#variable_conflict use_column
declare
    moved integer;
begin
    with sold as materialized (
      select p.id, tax_category_of(v.plan_id, p.service_id, p.charged_until) as category
        from rated_period p
        join price_version v on v.id = p.price_version_id
       where p.wallet_id = which_wallet and p.open
    ),
    term as materialized (
      select k.category, t.id, t.rate, t.included
        from (select distinct s.category from sold s) k
       cross join lateral applicable_tax(which_wallet, k.category, instant, zone) t
    ),
    ended as (
      update rated_period p
         set open = false
        from sold s
        join term t on t.category = s.category
       where p.id = s.id and p.tax_id is distinct from t.id
      returning p.service_id, p.wallet_id, p.price_version_id, p.currency, p.hourly, p.charged_until, p.month_ends_at, p.month_cap,
                p.cap - p.amount as cap, t.id as tax_id, t.rate, t.included
    )
    insert into rated_period (service_id, wallet_id, price_version_id, currency, hourly, starts_at, month_ends_at, charged_until,
                              month_cap, cap, tax_id, tax_rate, tax_included)
    select e.service_id, e.wallet_id, e.price_version_id, e.currency, e.hourly, e.charged_until, e.month_ends_at, e.charged_until,
           e.month_cap, e.cap, e.tax_id, e.rate, e.included
      from ended e;
    get diagnostics moved = row_count;
    return moved;
end $$;
