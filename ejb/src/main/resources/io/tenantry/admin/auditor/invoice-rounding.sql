-- The difference between documents and charges is booked to the wallet as rounding: less than a cent for the total and for each tax treatment. An invoice and its corrections are rounded together; they never come to less than zero, and exactly to zero once the invoice is void.
select coalesce(b.wallet_id, d.wallet_id) as wallet_id,
       format('%s posted by rounding of documents, the documents say %s', coalesce(b.posted, 0), coalesce(d.said, 0)) as detail
  from (select w.id as wallet_id, sum(p.amount) as posted
          from journal_entry e
          join posting p on p.entry_id = e.id
          join wallet w on w.id = p.account_id
         where e.source = 'invoice-rounding'
         group by w.id) b
  full join (select v.wallet_id, sum(v.net + coalesce(n.charged, 0) - v.total) as said
               from invoice v
               left join (select invoice_id, sum(charged) as charged from invoice_tax group by invoice_id) n on n.invoice_id = v.id
              group by v.wallet_id) d on d.wallet_id = b.wallet_id
 where coalesce(b.posted, 0) <> coalesce(d.said, 0)
union all
select v.wallet_id, format('document %s: %s (%s rounded, after %s) and %s of tax come to %s', v.number_text, v.net, v.net_rounded, v.net_before, v.tax, v.total)
  from invoice v
 where v.net_rounded <> round(v.net_before + v.net, v.decimals) - round(v.net_before, v.decimals)
    or v.total <> v.net_rounded + v.tax
    or v.rounding <> v.total - v.net - v.tax
    or v.corrects_id is null and v.net_before <> 0
    or abs(v.rounding) > case when v.corrects_id is null then 0.5 else 1 end * power(10::numeric, -v.decimals)
union all
select f.wallet_id,
       format('invoice %s and its corrections state %s, come to %s and are of %s; it is %s', f.number_text, f.stated, f.total, f.net, f.state)
  from (select v.wallet_id, v.number_text, v.state, v.decimals, v.net + sum(c.net) as net, v.net_rounded + sum(c.net_rounded) as stated,
               v.total + sum(c.total) as total
          from invoice v
          join invoice c on c.corrects_id = v.id
         group by v.id) f
 where f.stated <> round(f.net, f.decimals)
    or f.total < 0
    or f.state = 'VOID' and (f.stated <> 0 or f.total <> 0)
union all
select f.wallet_id,
       format('invoice %s and its corrections state %s of tax by way %s, their lines say %s on %s; it is %s', f.number_text, f.tax, f.tax_id,
              f.due, f.base, f.state)
  from (select v.wallet_id, v.number_text, v.state, n.tax_id, sum(n.tax) as tax, sum(n.base) as base,
               round(sum(n.base) * t.rate, v.decimals) as due
          from invoice v
          join invoice c on c.id = v.id or c.corrects_id = v.id
          join invoice_tax n on n.invoice_id = c.id
          join applied_tax t on t.id = n.tax_id
         where v.kind = 'INVOICE'
         group by v.id, n.tax_id, t.rate) f
 where f.tax <> f.due
    or f.state = 'VOID' and f.tax <> 0
