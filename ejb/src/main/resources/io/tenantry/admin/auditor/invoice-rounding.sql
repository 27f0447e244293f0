-- The difference between documents and charges is booked to the wallet as rounding: less than a cent for the total and for each tax treatment.
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
select v.wallet_id, format('document %s: %s and %s of tax come to %s', v.number_text, v.net, v.tax, v.total)
  from invoice v
 where v.total <> round(v.net + v.tax, v.decimals)
    or v.rounding <> v.total - v.net - v.tax
    or abs(v.rounding) > power(10::numeric, -v.decimals) / 2
