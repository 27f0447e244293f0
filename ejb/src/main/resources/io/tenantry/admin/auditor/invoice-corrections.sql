-- A credit note or debit note corrects an invoice of the same wallet: each line refers to a line there, has its sign and tax treatment, and reduces no line below zero; what is charged again with another treatment has no tax, equals what was credited for it, and nothing remains under the former treatment.
with corrected as (
  select v.id, v.wallet_id, v.kind, v.number_text, v.corrects_id, c.number_text as of_number, l.position, l.corrects_position,
         l.kind as line_kind, l.amount, l.net, l.tax, l.tax_id, l.tax_included, o.position as of_position, o.amount as of_amount,
         o.tax_id as of_tax_id, o.tax_included as of_tax_included
    from invoice v
    join invoice_line l on l.invoice_id = v.id
    left join invoice c on c.id = v.corrects_id and c.kind = 'INVOICE' and c.wallet_id = v.wallet_id
    left join invoice_line o on o.invoice_id = c.id and o.position = l.corrects_position
   where v.corrects_id is not null
      or l.corrects_position is not null
),
way as (
  select x.id, x.position, x.tax_id, sum(x.amount) as amount, bool_or(x.opens) as opened
    from (select n.id, n.position, n.of_tax_id as tax_id, n.of_amount as amount, true as opens
            from corrected n
           where n.of_position is not null
          union all
          select n.id, n.position, e.tax_id, e.amount, e.kind = 'TAX_CORRECTED'
            from corrected n
            join invoice w on w.corrects_id = n.corrects_id
            join invoice_line e on e.invoice_id = w.id and e.corrects_position = n.corrects_position) x
   group by x.id, x.position, x.tax_id
)
select n.wallet_id,
       format('line %s of %s corrects line %s of %s, which is of %s: %s left in its way of being taxed', n.position, n.number_text,
              n.corrects_position, coalesce(n.of_number, 'no invoice of that wallet'), coalesce(n.of_amount, 0), coalesce(y.amount, 0)) as detail
  from corrected n
  left join way y on y.id = n.id and y.position = n.position and y.tax_id is not distinct from n.tax_id
 where n.of_position is null
    or n.line_kind not in ('CREDITED', 'TAX_CORRECTED') and n.kind <> 'DEBIT_NOTE'
    or n.kind = 'DEBIT_NOTE' and (n.line_kind <> 'DEBITED' or n.amount < 0 or n.of_amount < 0)
    or n.line_kind = 'CREDITED' and sign(n.amount) = sign(n.of_amount)
    or n.line_kind = 'TAX_CORRECTED' and (n.tax <> 0 or n.tax_id is null or n.tax_id is not distinct from n.of_tax_id or n.net <> -(
         select coalesce(sum(e.net), 0)
           from invoice_line e
          where e.invoice_id = n.id and e.kind = 'CREDITED' and e.corrects_position = n.corrects_position))
    or not coalesce(y.opened, false)
    or y.amount * sign(n.of_amount) < 0
    or (select count(*) from way z where z.id = n.id and z.position = n.position and z.amount <> 0) > 1
    or n.tax_id is not distinct from n.of_tax_id and n.tax_included <> n.of_tax_included
