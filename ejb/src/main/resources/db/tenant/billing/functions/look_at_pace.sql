--liquibase formatted sql

--changeset wallet:look_at_pace runOnChange:true splitStatements:false
-- Recomputes the cost per hour of wallets after a month began for their services, perhaps at another tax rate.
--
-- Arguments: which: wallets, locked by the caller
-- Called by: function charge_due
create or replace function look_at_pace(which uuid[]) returns void
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
as $$
begin
    update wallet w
       set burn_per_hour = b.burn
      from unnest(which) as c (id)
     cross join lateral (
       select coalesce(sum(with_tax(p.hourly, p.tax_rate, p.tax_included)), 0) as burn
         from rated_period p
        where p.wallet_id = c.id and p.open) b
     where w.id = c.id and w.burn_per_hour <> b.burn;
end $$;
