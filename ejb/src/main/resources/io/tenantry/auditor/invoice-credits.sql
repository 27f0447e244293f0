-- A credit note or debit note corrects an invoice of its wallet, each of its lines a line there, taxed alike and in its own direction, and no line is credited beyond its amount and what was debited to it.
select v.wallet_id,
       format('line %s of %s corrects line %s of %s, which is of %s: %s credited', l.position, v.number_text, l.corrects_position,
              coalesce(c.number_text, 'no invoice of that wallet'), coalesce(o.amount, 0), n.credited) as detail
  from invoice v
  join invoice_line l on l.invoice_id = v.id
  left join invoice c on c.id = v.corrects_id and c.kind = 'INVOICE' and c.wallet_id = v.wallet_id
  left join invoice_line o on o.invoice_id = c.id and o.position = l.corrects_position
 cross join lateral (
   select sum(e.amount) as credited
     from invoice w
     join invoice_line e on e.invoice_id = w.id and e.corrects_position = l.corrects_position
    where w.corrects_id = v.corrects_id) n
 where (v.corrects_id is not null or l.corrects_position is not null)
   and (o.position is null
        or l.kind <> case v.kind when 'DEBIT_NOTE' then 'DEBITED' else 'CREDITED' end
        or v.kind = 'DEBIT_NOTE' and (l.amount < 0 or o.amount < 0)
        or v.kind = 'CREDIT_NOTE' and sign(l.amount) = sign(o.amount)
        or (o.amount + n.credited) * sign(o.amount) < 0
        or o.tax_id is distinct from l.tax_id
        or o.tax_included <> l.tax_included)
