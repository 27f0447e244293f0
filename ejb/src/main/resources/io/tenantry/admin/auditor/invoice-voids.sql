-- An invoice is void only if a credit note of its own voided it, which left no amount on any line and was its last correction.
select v.wallet_id,
       format('invoice %s is %s, made void by %s', v.number_text, v.state, coalesce(n.number_text, 'no credit note of it')) as detail
  from invoice v
  left join invoice_void d on d.invoice_id = v.id
  left join invoice n on n.id = d.credit_note_id and n.kind = 'CREDIT_NOTE' and n.corrects_id = v.id
 where (v.state = 'VOID') <> (d.invoice_id is not null)
    or d.invoice_id is not null and (n.id is null or v.kind <> 'INVOICE')
union all
select v.wallet_id, format('invoice %s is void, of its line %s there is %s left', v.number_text, o.position, o.amount + c.corrected)
  from invoice_void d
  join invoice v on v.id = d.invoice_id
  join invoice_line o on o.invoice_id = v.id
 cross join lateral (
   select coalesce(sum(e.amount), 0) as corrected
     from invoice w
     join invoice_line e on e.invoice_id = w.id and e.corrects_position = o.position
    where w.corrects_id = v.id) c
 where o.amount + c.corrected <> 0
