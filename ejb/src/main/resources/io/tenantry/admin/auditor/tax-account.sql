-- The tax liability in the books equals the tax of rated periods and other items, plus the rounding of documents; nothing else is booked there.
select null::uuid as wallet_id,
       format('%s %s of tax posted, %s taken by the hour, %s with things, %s by rounding of documents', b.posted, b.currency, b.hours,
              b.things, b.rounded) as detail
  from (select a.currency,
               coalesce((select sum(p.amount) from posting p where p.account_id = a.id), 0) as posted,
               coalesce((select sum(case when p.tax_included then round(p.amount * p.tax_rate / (1 + p.tax_rate), 8)
                                    else round(p.amount * p.tax_rate, 8) end)
                           from rated_period p
                          where p.tax_rate <> 0 and p.currency = a.currency), 0) as hours,
               coalesce((select sum(x.tax)
                           from entry_tax x
                          where exists (select from posting p where p.entry_id = x.entry_id and p.currency = a.currency)), 0) as things,
               coalesce((select sum(n.tax - n.charged)
                           from invoice_tax n
                           join invoice v on v.id = n.invoice_id
                          where v.currency = a.currency), 0) as rounded
          from ledger_account a
         where a.kind = 'TAX') b
 where b.posted <> b.hours + b.things + b.rounded
union all
select p.wallet_id, format('rated period %s is taxed, and the books have no account for it', p.id)
  from rated_period p
 where p.tax_rate <> 0
   and not exists (select from ledger_account a where a.kind = 'TAX' and a.currency = p.currency)
