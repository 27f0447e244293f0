--liquibase formatted sql

--changeset wallet:update_hourly_cost runOnChange:true splitStatements:false
-- Recomputes the cost per hour of wallets after a month began for their services, possibly at another tax rate.
--
-- Arguments: which: wallets, locked by the caller
-- Called by: function charge_due
create or replace function update_hourly_cost(which uuid[]) returns void
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
as $$
begin
    update wallet w
       set hourly_cost = b.burn
      from unnest(which) as c (id)
     cross join lateral (
       select coalesce(sum(with_tax(p.hourly, p.tax_rate, p.tax_included)), 0) as burn
         from open_period_v p
        where p.wallet_id = c.id) b
     where w.id = c.id and w.hourly_cost <> b.burn;
end $$;
