--liquibase formatted sql

--changeset ledger:post_entry runOnChange:true splitStatements:false
-- Writes a journal entry with all its postings, as many as there are.
--
-- Arguments: entry_kind, entry_source, entry_key, effective, occurred_at, actor_name, why: columns of journal_entry; why is null for charges
--            accounts, currencies, amounts, balances: a posting each; amounts are signed, positive is credit, and sum to zero in each currency;
--            balances are those after it, null for what is no wallet
-- Errors: restrict_violation: of check_posting, check_entry_balanced
-- Called by: function move_charges, function settle_rounding
create or replace function post_entry(
    entry_kind text, entry_source text, entry_key text, effective timestamptz, occurred_at timestamptz, actor_name text, why text,
    accounts uuid[], currencies text[], amounts numeric[], balances numeric[]) returns void
language plpgsql
as $$
declare
    entry bigint;
begin
    insert into journal_entry (kind, source, idempotency_key, effective_at, posted_at, actor, reason)
    values (entry_kind, entry_source, entry_key, effective, occurred_at, actor_name, why)
    returning id into entry;
    insert into posting (entry_id, account_id, currency, amount, balance_after)
    select entry, l.account_id, l.currency, l.amount, l.balance
      from unnest(accounts, currencies, amounts, balances) as l (account_id, currency, amount, balance);
end $$;
