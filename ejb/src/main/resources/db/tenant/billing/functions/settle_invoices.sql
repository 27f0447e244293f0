--liquibase formatted sql

--changeset invoicing:settle_invoices runOnChange:true splitStatements:false
-- Distributes the shortfall of a wallet over its documents: the newest document is open first, so that the oldest is paid first. The shortfall is what
-- the wallet is below zero, without charges and credits that are on no document yet. No document is open by more than its total less its credit notes, which reduce
-- the invoice before its debit notes. The shortfall is rounded up to the currency's decimals, so that paying it leaves no debt. Returned
-- payments reopen documents. The wallet is locked by the caller.
--
-- Arguments: which_wallet: the wallet
--            occurred_at: time of payment
-- Returns: paid: number of documents now paid
--          reopened: number of paid documents that were reopened
-- Called by: invoicing.DocumentSettlement, function settle_issued
create or replace function settle_invoices(which_wallet uuid, occurred_at timestamptz, out paid integer, out reopened integer)
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
as $$
#variable_conflict use_column
declare
    shortfall numeric;
begin
    -- The charges on no document are read only for a wallet below zero.
    select case when w.balance >= 0 then 0
                else greatest(0, least(-w.balance, -w.balance - (
                       select coalesce(sum(case when l.tax_included then l.amount else l.amount + l.tax end), 0)
                         from next_lines(w.id, 'infinity') l))) end
      into shortfall
      from wallet w
     where w.id = which_wallet;

    with family as (
      select v.id, v.corrects_id, v.state, v.open_amount, v.issued_at, v.period_to, v.kind, v.number, v.decimals, greatest(v.total, 0) as total,
             sum(greatest(v.total, 0)) over (
               partition by coalesce(v.corrects_id, v.id) order by v.kind desc, v.issued_at, v.number) as running_total
        from invoice v
       where v.wallet_id = which_wallet and v.kind in ('INVOICE', 'DEBIT_NOTE') and (shortfall > 0 or v.state = 'FINAL')
    ),
    payable as (
      select f.*,
             case when f.state = 'VOID' then 0
                  else least(f.total, greatest(0, f.running_total + (
                         select coalesce(sum(n.total), 0)
                           from invoice n
                          where n.corrects_id = coalesce(f.corrects_id, f.id) and n.kind = 'CREDIT_NOTE'))) end as amount
        from family f
    ),
    distributed as (
      select p.id,
             least(p.amount, greatest(0, ceiling(shortfall * power(10::numeric, p.decimals)) / power(10::numeric, p.decimals) - coalesce(
               sum(p.amount) over (
                 order by p.issued_at desc, p.period_to desc, p.kind, p.number desc
                 rows between unbounded preceding and 1 preceding), 0))) as due
        from payable p
    ),
    changed as (
      update invoice v
         set open_amount = d.due,
             state = case when d.due > 0 then 'FINAL' else 'PAID' end,
             paid_at = case when d.due > 0 then null else occurred_at end
        from distributed d
       where d.id = v.id and v.state <> 'VOID' and v.open_amount <> d.due
      returning v.state, v.open_amount, v.id
    )
    select count(*) filter (where c.state = 'PAID'), count(*) filter (where c.state = 'FINAL' and f.state = 'PAID')
      into paid, reopened
      from changed c
      join family f on f.id = c.id;
end $$;
