-- For each tax treatment, the tax of a document is the sum of its lines at the rate, rounded once, and of a correction together with its invoice and the earlier corrections; it differs from the tax charged by at most a cent.
select v.wallet_id,
       format('document %s, taxed by treatment %s: %s on %s at %s (%s charged); its lines say %s on %s', v.number_text, n.tax_id, n.tax, n.base,
              t.rate, n.charged, round((n.base_before + l.base) * t.rate, v.decimals) - round(n.base_before * t.rate, v.decimals), l.base) as detail
  from invoice_tax n
  join invoice v on v.id = n.invoice_id
  left join applied_tax t on t.id = n.tax_id
  left join lateral (
    select sum(i.net) as base, sum(i.tax) as charged
      from invoice_line i
     where i.invoice_id = n.invoice_id and i.tax_id = n.tax_id) l on true
 where n.base is distinct from l.base
    or n.charged is distinct from l.charged
    or n.tax is distinct from round((n.base_before + l.base) * t.rate, v.decimals) - round(n.base_before * t.rate, v.decimals)
    or n.base_before <> 0 and v.corrects_id is null
    or abs(n.tax - n.charged) > power(10::numeric, -v.decimals) + 0.000001
union all
select v.wallet_id, format('document %s says %s of tax, its parts say %s', v.number_text, v.tax, coalesce(n.tax, 0))
  from invoice v
  left join (select invoice_id, sum(tax) as tax from invoice_tax group by invoice_id) n on n.invoice_id = v.id
 where v.tax <> coalesce(n.tax, 0)
union all
select v.wallet_id, format('document %s: line %s is taxed by treatment %s, of which the document says nothing', v.number_text, l.position, l.tax_id)
  from invoice_line l
  join invoice v on v.id = l.invoice_id
 where l.tax_id is not null
   and not exists (select from invoice_tax n where n.invoice_id = l.invoice_id and n.tax_id = l.tax_id)
