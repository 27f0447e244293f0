--liquibase formatted sql

--changeset invoicing:settle_rounding runOnChange:true splitStatements:false
-- Charges wallets for the rounding of documents just issued, or credits it, so that wallet, revenue, tax and document agree: tax is computed once for
-- the month, and the total is rounded to the currency's decimals. At most a cent for each tax treatment. Documents in several currencies share one
-- journal entry, which balances in each.
--
-- Arguments: issued: documents of this transaction
--            entry_key: idempotency key of the journal entry
--            actor_name, happened: as of move_charges
-- Called by: invoicing.CorrectionWriter, function issue_invoices
create or replace function settle_rounding(issued uuid[], entry_key text, actor_name text, happened timestamptz) returns void
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
as $$
#variable_conflict use_column
declare
    moved_wallets uuid[];
begin
    insert into ledger_account (id, kind, currency, opened_at)
    select gen_random_uuid(), 'ROUNDING', c.currency, happened
      from (select distinct v.currency from unnest(issued) as i (id) join invoice v on v.id = i.id where v.rounding <> 0) c
     where not exists (select from ledger_account a where a.kind = 'ROUNDING' and a.currency = c.currency)
    on conflict (kind, currency) where kind <> 'WALLET' do nothing;

    with differences as (
      select v.wallet_id, v.currency, v.total - v.net - n.taken as change, v.tax - n.taken as tax, v.rounding
        from unnest(issued) as i (id)
        join invoice v on v.id = i.id
       cross join lateral (
         select coalesce(sum(x.taken), 0) as taken from invoice_tax x where x.invoice_id = v.id) n
    ),
    sums as (
      select d.currency, sum(d.tax) as tax, sum(d.rounding) as rounding, bool_or(d.change <> 0) as is_moved
        from differences d
       group by d.currency
    ),
    entry as (
      insert into journal_entry (kind, source, idempotency_key, effective_at, posted_at, actor, reason)
      select 'DEBIT', 'invoice-rounding', entry_key, happened, happened, actor_name, 'rounding of documents'
       where exists (select from sums s where s.is_moved or s.tax <> 0 or s.rounding <> 0)
      returning id
    ),
    moved as (
      update wallet w
         set balance = w.balance - d.change, version = w.version + 1
        from differences d
       where w.id = d.wallet_id and d.change <> 0
      returning w.id, w.currency, w.balance, d.change
    ),
    posted as (
      insert into posting (entry_id, account_id, currency, amount, balance_after)
      select e.id, m.id, m.currency, -m.change, m.balance
        from entry e
       cross join moved m
      union all
      select e.id, a.id, a.currency, s.tax, null
        from entry e
       cross join sums s
        join ledger_account a on a.kind = 'TAX' and a.currency = s.currency
       where s.tax <> 0
      union all
      select e.id, a.id, a.currency, s.rounding, null
        from entry e
       cross join sums s
        join ledger_account a on a.kind = 'ROUNDING' and a.currency = s.currency
       where s.rounding <> 0
    )
    select array_agg(m.id) into moved_wallets from moved m;
    if moved_wallets is not null then
        perform update_balance_status(moved_wallets, happened);
    end if;
end $$;
