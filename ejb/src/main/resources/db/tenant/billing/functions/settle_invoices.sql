--liquibase formatted sql

--changeset invoicing:settle_invoices runOnChange:true splitStatements:false
-- Marks open documents of a credited wallet as paid, as far as the balance without the hours of later months is not below zero, which is the same
-- condition as at issue. The wallet is locked by the caller.
--
-- Arguments: which_wallet: the wallet
--            occurred_at: time of payment
-- Returns: number of documents now paid
-- Called by: invoicing.CorrectionWriter, invoicing.Invoicing
create or replace function settle_invoices(which_wallet uuid, occurred_at timestamptz) returns integer
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
as $$
#variable_conflict use_column
declare
    settled integer;
begin
    update invoice v
       set state = 'PAID', paid_at = occurred_at
      from wallet w
     where w.id = which_wallet and v.wallet_id = w.id and v.kind in ('INVOICE', 'DEBIT_NOTE') and v.state = 'FINAL'
       and w.balance
           + (select coalesce(sum(with_tax(r.amount, r.tax_rate, r.tax_included)), 0)
                from rated_period r
               where r.wallet_id = which_wallet and r.open and r.month_ends_at > v.period_to)
           + (select coalesce(sum(with_tax(r.amount, r.tax_rate, r.tax_included)), 0)
                from rated_period r
               where r.wallet_id = which_wallet and not r.open and r.month_ends_at > v.period_to) >= 0;
    get diagnostics settled = row_count;
    return settled;
end $$;
