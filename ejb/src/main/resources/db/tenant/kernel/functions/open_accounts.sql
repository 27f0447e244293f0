--liquibase formatted sql

--changeset ledger:open_accounts runOnChange:true splitStatements:false
-- Opens the accounts of a kind that exists once in a currency, where they are not open yet.
--
-- Arguments: account_kind: of ledger_account, not WALLET
--            currencies: perhaps with repetitions
--            occurred_at: when they are opened
-- Called by: function settle_rounding, function activate_service
create or replace function open_accounts(account_kind text, currencies text[], occurred_at timestamptz) returns void
language sql
as $$
    insert into ledger_account (id, kind, currency, opened_at)
    select gen_random_uuid(), account_kind, c.currency, occurred_at
      from (select distinct u.currency from unnest(currencies) as u (currency)) c
     where not exists (select from ledger_account a where a.kind = account_kind and a.currency = c.currency)
    on conflict (kind, currency) where kind <> 'WALLET' do nothing
$$;
