--liquibase formatted sql

--changeset invoicing:settle_rounding runOnChange:true splitStatements:false
-- Charges wallets for the rounding of documents just issued, or credits it, so that wallet, revenue, tax and document agree: tax is computed once for
-- the month, and the total is rounded to the currency's decimals; corrections are rounded together with their invoice. At most a cent, and one for each
-- tax treatment. Documents in several currencies share one
-- journal entry, which balances in each.
--
-- Arguments: issued: documents of this transaction
--            entry_key: idempotency key of the journal entry
--            actor_name, occurred_at: as of move_charges
-- Called by: invoicing.CorrectionWriter, function issue_invoices
create or replace function settle_rounding(issued uuid[], entry_key text, actor_name text, occurred_at timestamptz) returns void
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
as $$
#variable_conflict use_column
declare
    accounts uuid[];
    currencies text[];
    amounts numeric[];
    balances numeric[];
    moved_wallets uuid[];
begin
    perform open_accounts(
        'ROUNDING', (select array_agg(v.currency::text) from unnest(issued) as i (id) join invoice v on v.id = i.id where v.rounding <> 0),
        occurred_at);

    with differences as materialized (
      select v.wallet_id, v.currency, v.total - v.net - n.charged as change, v.tax - n.charged as tax, v.rounding
        from unnest(issued) as i (id)
        join invoice v on v.id = i.id
       cross join lateral (
         select coalesce(sum(x.charged), 0) as charged from invoice_tax x where x.invoice_id = v.id) n
    ),
    sums as (
      select d.currency, sum(d.tax) as tax, sum(d.rounding) as rounding
        from differences d
       group by d.currency
    ),
    legs as (
      select m.id as account_id, m.currency, m.change as amount, m.balance
        from change_balances((select array_agg(d.wallet_id order by d.wallet_id) from differences d where d.change <> 0),
                             (select array_agg(-d.change order by d.wallet_id) from differences d where d.change <> 0)) m
      union all
      select a.id, s.currency::text, s.tax, null
        from sums s
        join ledger_account a on a.kind = 'TAX' and a.currency = s.currency
       where s.tax <> 0
      union all
      select a.id, s.currency::text, s.rounding, null
        from sums s
        join ledger_account a on a.kind = 'ROUNDING' and a.currency = s.currency
       where s.rounding <> 0
    )
    select array_agg(l.account_id), array_agg(l.currency), array_agg(l.amount), array_agg(l.balance),
           array_agg(l.account_id) filter (where l.balance is not null)
      into accounts, currencies, amounts, balances, moved_wallets
      from legs l;
    if accounts is not null then
        perform post_entry('DEBIT', 'invoice-rounding', entry_key, occurred_at, occurred_at, actor_name, 'rounding of documents',
                           accounts, currencies, amounts, balances);
    end if;
    if moved_wallets is not null then
        perform update_balance_status(moved_wallets, occurred_at);
    end if;
end $$;
