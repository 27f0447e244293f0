--liquibase formatted sql

--changeset invoicing:settle_issued runOnChange:true splitStatements:false
-- Pays documents just issued from their wallets as far as the balance suffices, and records how much that was: the part of the total that the document
-- states as paid. The wallets are locked by the caller.
--
-- Arguments: issued: documents of this transaction
--            occurred_at: time of issue
-- Called by: invoicing.CorrectionWriter, function issue_invoices
create or replace function settle_issued(issued uuid[], occurred_at timestamptz) returns void
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
as $$
#variable_conflict use_column
declare
    which_wallet uuid;
begin
    for which_wallet in
        select distinct v.wallet_id
          from invoice v
          join invoice o on o.wallet_id = v.wallet_id and o.state = 'FINAL'
         where v.id = any (issued)
         order by v.wallet_id
    loop
        perform settle_invoices(which_wallet, occurred_at);
    end loop;
    update invoice v
       set prepaid = v.total - v.open_amount
     where v.id = any (issued) and v.kind in ('INVOICE', 'DEBIT_NOTE') and v.prepaid <> v.total - v.open_amount;
end $$;
