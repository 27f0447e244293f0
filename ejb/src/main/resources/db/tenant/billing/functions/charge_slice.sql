--liquibase formatted sql

--changeset charging:charge_slice runOnChange:true splitStatements:false
-- Charges the next wallets of a slice, counts the slice's progress and renews its lease: all in one round trip.
--
-- Arguments: slice, slice_fence: the claim
--            lease: how long the claim is valid from now on
--            after_wallet, to_wallet, batch, charged_until, month_zone, entry_source, actor_name, occurred_at: as of charge_wallets
-- Returns: kept: whether the claim is still valid; if not, the caller rolls back
--          the others: as of charge_wallets
-- Called by: charging.Charging
create or replace function charge_slice(
    slice bigint, slice_fence bigint, lease interval, after_wallet uuid, to_wallet uuid, batch integer, charged_until timestamptz,
    month_zone text, entry_source text, actor_name text, occurred_at timestamptz,
    out kept boolean, out last_wallet uuid, out is_last boolean, out wallets integer, out services integer, out hours bigint,
    out charged_currencies text[], out charged_amounts numeric[])
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
    charged record;
begin
    select * into charged
      from charge_wallets(after_wallet, to_wallet, batch, charged_until, month_zone, entry_source, actor_name, occurred_at);
    update work.charging_slice s
       set wallets = s.wallets + charged.wallets,
           services = s.services + charged.services,
           hours = s.hours + charged.hours,
           amounts = (
             select coalesce(jsonb_object_agg(a.currency, a.amount), '{}')
               from (select c.currency, sum(c.amount) as amount
                       from (select e.key as currency, e.value::numeric as amount from jsonb_each_text(s.amounts) e
                              union all
                             select n.currency, n.amount
                               from unnest(charged.charged_currencies, charged.charged_amounts) n (currency, amount)) c
                      group by c.currency) a),
           lease_until = clock_timestamp() + lease,
           after_wallet = coalesce(charged.last_wallet, s.after_wallet),
           state = case when charged.is_last then 'DONE' else s.state end,
           error = case when charged.is_last then null else s.error end,
           ended_at = case when charged.is_last then clock_timestamp() end
     where s.id = slice
       and s.fence = slice_fence
       and s.state = 'RUNNING';
    kept := found;
    last_wallet := charged.last_wallet;
    is_last := charged.is_last;
    wallets := charged.wallets;
    services := charged.services;
    hours := charged.hours;
    charged_currencies := charged.charged_currencies;
    charged_amounts := charged.charged_amounts;
end $$;
