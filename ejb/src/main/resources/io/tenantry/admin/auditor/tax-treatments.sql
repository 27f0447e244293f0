-- Taxed items have one of the tax treatments of sales, at its rate; all others have no tax.
select p.wallet_id,
       format('rated period %s is taxed at %s (in the price: %s) by treatment %s, which says %s of %s', p.id, p.tax_rate, p.tax_included,
              coalesce(p.tax_id::text, 'none'), coalesce(t.rate::text, 'nothing'), coalesce(t.treatment, 'nothing')) as detail
  from rated_period p
  left join applied_tax t on t.id = p.tax_id
 where p.tax_rate <> coalesce(t.rate, 0)
    or p.tax_included <> coalesce(t.included, false)
    or p.tax_id is not null and t.id is null
union all
select null, format('entry %s: %s of tax on %s at %s by treatment %s, which says %s', x.entry_id, x.tax, x.amount, x.rate, x.tax_id, t.rate)
  from entry_tax x
  left join applied_tax t on t.id = x.tax_id
 where t.id is null
    or x.rate <> t.rate
    or x.included <> t.included
    or x.tax <> case when x.included then round(x.amount * x.rate / (1 + x.rate), 8) else round(x.amount * x.rate, 8) end
