-- A charge that was retaxed before it was on a document was reversed with its tax and charged again without it, to the same wallet; each such item belongs to one charge.
select coalesce(u.wallet_id, n.wallet_id) as wallet_id,
       format('charge %s: %s with %s of tax, reversed %s with %s, charged again %s with %s', r.id, c.amount, c.tax, u.amount, u.tax, n.amount,
              n.tax) as detail
  from tax_corrected_charge r
  left join lateral (
    select p.wallet_id, p.amount, p.tax_id, p.tax_included,
           case when p.tax_included then round(p.amount * p.tax_rate / (1 + p.tax_rate), 8) else round(p.amount * p.tax_rate, 8) end as tax
      from rated_period p
     where p.id = r.rated_period_id and not p.open
    union all
    select w.id, x.amount, x.tax_id, x.included, x.tax
      from entry_tax x
      join posting q on q.entry_id = x.entry_id
      join wallet w on w.id = q.account_id
     where x.entry_id = r.entry_id) c on true
  left join invoice_item u on u.id = r.untaxed_item_id and u.kind = 'UNTAXED'
  left join invoice_item n on n.id = r.corrected_item_id and n.kind = 'TAX_CORRECTED'
 where (u.wallet_id, u.amount, u.tax, u.tax_id, u.tax_included) is distinct from (c.wallet_id, -c.amount, -c.tax, c.tax_id, c.tax_included)
    or n.wallet_id is distinct from c.wallet_id
    or n.tax <> 0
    or n.amount is distinct from case when c.tax_included then c.amount - c.tax else c.amount end
union all
select i.wallet_id, format('item %s is %s for no charge', i.id, i.kind)
  from invoice_item i
 where i.kind = 'UNTAXED' and not exists (select from tax_corrected_charge r where r.untaxed_item_id = i.id)
    or i.kind = 'TAX_CORRECTED' and not exists (select from tax_corrected_charge r where r.corrected_item_id = i.id)
       and not exists (select from invoice_line l where l.item_id = i.id and l.corrects_position is not null)
