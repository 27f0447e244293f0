--liquibase formatted sql

--changeset wallet:change_balances runOnChange:true splitStatements:false
-- Changes balances of wallets by amounts that are posted in the same transaction. Thresholds are left to update_balance_status.
--
-- Arguments: which, changes: wallets, locked by the caller, and what is added to each, in its currency
-- Returns: a row for each wallet: its balance afterwards, and the change
-- Called by: function settle_rounding
create or replace function change_balances(which uuid[], changes numeric[])
returns table (id uuid, currency text, balance numeric, change numeric)
language sql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
as $$
    update wallet w
       set balance = w.balance + c.change, version = w.version + 1
      from unnest(which, changes) as c (id, change)
     where w.id = c.id
    returning w.id, w.currency::text, w.balance, c.change
$$;
