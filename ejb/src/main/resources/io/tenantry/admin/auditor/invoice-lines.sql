-- A document is the sum of its lines, each line matches its rated period or item, and every earlier period since invoicing began is on a document.
-- Months of rated periods and of documents are the same if they end within half a day (month_bound).
with newest as (
  select distinct on (wallet_id) wallet_id, period_from, period_to, through_period,
         (select coalesce(first_at, '-infinity') from invoice_policy) as first_at
    from invoice
   where kind = 'INVOICE'
   order by wallet_id, period_to desc
)
select v.wallet_id, format('document %s says %s, its lines say %s', v.number_text, v.net, n.amount) as detail
  from invoice v
  left join (select invoice_id, sum(net) as amount from invoice_line group by invoice_id) n on n.invoice_id = v.id
 where n.amount is distinct from v.net
union all
select v.wallet_id,
       format('line %s of %s: %s (tax %s) for %s, charged %s for %s', l.position, coalesce(v.number_text, l.invoice_id::text), l.amount,
              l.tax, l.quantity, coalesce(p.amount, i.amount), coalesce(p.hours, 1))
  from invoice_line l
  left join invoice v on v.id = l.invoice_id
  left join rated_period p on p.id = l.rated_period_id
  left join invoice_item i on i.id = l.item_id
 where v.id is null
    or coalesce(p.amount, i.amount) is distinct from l.amount
    or coalesce(p.hours, 1) <> l.quantity
    or coalesce(case when p.tax_included then round(p.amount * p.tax_rate / (1 + p.tax_rate), 8) else round(p.amount * p.tax_rate, 8) end, i.tax)
       is distinct from l.tax
    or coalesce(p.tax_id, i.tax_id) is distinct from l.tax_id
    or coalesce(p.wallet_id, i.wallet_id) is distinct from v.wallet_id
    or p.month_ends_at >= v.period_to + interval '12 hours'
    or v.kind = 'INVOICE' and i.effective_at >= v.period_to
union all
select p.wallet_id, format('rated period %s: %s are on no document', p.id, p.amount)
  from newest v
  join rated_period p on p.wallet_id = v.wallet_id and p.id <= v.through_period and p.month_ends_at < v.period_to + interval '12 hours'
       and p.month_ends_at >= v.first_at + interval '12 hours'
 where p.amount > 0
   and not exists (select from invoice_line l where l.rated_period_id = p.id)
union all
select i.wallet_id, format('item %s: %s are on no document', i.id, i.amount)
  from newest v
  join invoice_item i on i.wallet_id = v.wallet_id and i.effective_at < v.period_from
       and i.effective_at >= v.first_at
 where not exists (select from invoice_line l where l.item_id = i.id)
union all
select i.wallet_id, format('item %s of entry %s: %s, posted %s', i.id, i.entry_id, i.amount, p.amount)
  from invoice_item i
  left join posting p on p.entry_id = i.entry_id and p.account_id = i.wallet_id
 where p.amount is distinct from -(i.amount + case when i.tax_included then 0 else i.tax end)
union all
select p.account_id, format('entry %s: %s are no item', e.id, -p.amount)
  from journal_entry e
  join posting p on p.entry_id = e.id
  join newest v on v.wallet_id = p.account_id and e.effective_at < v.period_from
 where e.kind <> 'CHARGE'
   and e.source <> 'manual'
   and exists (select from posting r join ledger_account a on a.id = r.account_id and a.kind = 'REVENUE' where r.entry_id = e.id)
   and not exists (select from invoice_item i where i.entry_id = e.id and i.wallet_id = p.account_id)
