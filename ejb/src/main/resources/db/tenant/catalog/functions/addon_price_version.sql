--liquibase formatted sql

--changeset catalog:addon_price_version runOnChange:true splitStatements:false
-- The price version of so many units of an add-on, written if nobody has taken that many at this price before.
--
-- Arguments: new_id: the id of the version if it is written
--            price_id, price_number: the add-on's price and its number
--            units: how many
--            price_currency, month, hour, wholesale_month: what they cost together
--            effective, occurred_at: since when the price is valid, and when the version is written
--            actor_name: who acts
-- Returns: the id of the version
-- Called by: addon.AddonPricing
create or replace function addon_price_version(
    new_id uuid, price_id uuid, price_number integer, units integer, price_currency text, month numeric, hour numeric, wholesale_month numeric,
    effective timestamptz, occurred_at timestamptz, actor_name text) returns uuid
language plpgsql
as $$
begin
    insert into price_version (id, addon_price_id, quantity, version, currency, monthly, hourly, wholesale_monthly, valid_from,
                               published_at, published_by)
    values (new_id, price_id, units, price_number, price_currency, month, hour, wholesale_month, effective, occurred_at, actor_name)
    on conflict (addon_price_id, quantity) where addon_price_id is not null do nothing;
    return (select v.id from price_version v where v.addon_price_id = price_id and v.quantity = units);
end $$;
