--liquibase formatted sql

--changeset charging:charge_wallets runOnChange:true splitStatements:false
-- Locks the next wallets of a range that have a running service, in id order, and charges them, except parked ones. Wallets are found by their open
-- periods, so those without running services cost nothing, regardless of their number. If they are in several currencies, each currency has a
-- separate journal entry. Its plan is created once per connection and schema, regardless of the driver's statement cache. Planner choices must not
-- depend on stale statistics: it must never read a whole table for a batch, nor compile a statement for longer than it runs, so only index look-ups
-- are enabled.
--
-- Arguments: after_wallet, to_wallet: the range, exclusive and inclusive
--            batch: maximum number of wallets
--            until, month_zone, entry_source, actor_name, occurred_at: as of charge_due
-- Returns: last_wallet: where the next call continues; null if nothing was found
--          is_last: whether the range is done
--          wallets, services, hours: number charged
--          charged_currencies, charged_amounts: the amount charged in each currency, including tax on top; one without charges is missing
-- Called by: charge_slice, charge_run, charging.Charging
create or replace function charge_wallets(
    after_wallet uuid, to_wallet uuid, batch integer, until timestamptz, month_zone text, entry_source text, actor_name text,
    occurred_at timestamptz,
    out last_wallet uuid, out is_last boolean, out wallets integer, out services integer, out hours bigint,
    out charged_currencies text[], out charged_amounts numeric[])
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
    found_wallets uuid[];
    chargeable uuid[];
    currencies text[];
    one_currency text;
    step record;
begin
    -- Without an order of their own, the ids would be in the order in which the currencies are made distinct.
    select array_agg(l.id order by l.id), array_agg(l.id order by l.id) filter (where l.parked is null),
           array_agg(distinct l.currency::text)
      into found_wallets, chargeable, currencies
      from (
        select w.id, w.parked, w.currency
          from (
            select distinct p.wallet_id
              from rated_period p
             where p.wallet_id > after_wallet and p.wallet_id <= to_wallet and p.open
             order by p.wallet_id
             limit batch + 1) n
          join wallet w on w.id = n.wallet_id
         order by n.wallet_id
           for no key update of w) l;
    is_last := coalesce(cardinality(found_wallets), 0) <= batch;
    if not is_last then
        chargeable := array_remove(chargeable, found_wallets[batch + 1]);
    end if;
    last_wallet := found_wallets[least(batch, cardinality(found_wallets))];
    wallets := 0;
    services := 0;
    hours := 0;
    charged_currencies := '{}';
    charged_amounts := '{}';
    foreach one_currency in array coalesce(currencies, array['-']) loop
        select d.wallets, d.services, d.hours, d.amount
          into step
          from charge_due(case when cardinality(currencies) > 1
                               then (select array_agg(w.id) from wallet w where w.id = any (chargeable) and w.currency = one_currency)
                               else chargeable end,
                          null, true, until, month_zone, entry_source,
                          entry_source || ':' || coalesce(found_wallets[1]::text, '-') || ':' || until
                          || case when cardinality(currencies) > 1 then ':' || one_currency else '' end,
                          actor_name, occurred_at) d;
        wallets := wallets + step.wallets;
        services := services + step.services;
        hours := hours + step.hours;
        if step.amount <> 0 then
            charged_currencies := charged_currencies || one_currency;
            charged_amounts := charged_amounts || step.amount;
        end if;
    end loop;
end $$;
