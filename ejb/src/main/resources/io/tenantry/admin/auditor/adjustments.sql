-- Each completed adjustment has exactly one journal entry of its amount between its wallet and its account, or one credit note of its amount and lines; each such entry, write-off and goodwill credit note has one adjustment; nobody approved their own.
select c.wallet_id, format('adjustment %s of %s %s was done, and entry %s moved %s', c.id, c.amount, c.currency, d.entry_id, coalesce(p.amount::text, 'nothing')) as detail
  from adjustment_decision d
  join adjustment c on c.id = d.adjustment_id
  left join journal_entry e on e.id = d.entry_id and e.idempotency_key = 'adjustment:' || c.id
  left join posting p on p.entry_id = e.id and p.account_id = c.wallet_id and p.currency = c.currency
 where d.outcome = 'DONE'
   and c.kind in ('CREDIT', 'WRITE_OFF')
   and (p.amount is distinct from c.amount
        or not exists (select from posting o join ledger_account a on a.id = o.account_id
                        where o.entry_id = e.id and a.kind = c.counterpart and o.amount = -c.amount))
union all
select null, format('entry %s gives something up, and nobody did so', e.id)
  from journal_entry e
 where (e.idempotency_key like 'adjustment:%' or e.source = 'write-off')
   and not exists (select from adjustment_decision d where d.entry_id = e.id and d.outcome = 'DONE')
union all
select c.wallet_id, format('adjustment %s of %s %s was done, and document %s is not what it asked for', c.id, c.amount, c.currency, coalesce(n.number_text, d.document_id::text))
  from adjustment_decision d
  join adjustment c on c.id = d.adjustment_id
  left join adjustment_invoice k on k.adjustment_id = c.id
  left join invoice n on n.id = d.document_id
 where d.outcome = 'DONE'
   and c.kind in ('CREDIT_NOTE', 'VOID')
   and (n.id is distinct from c.id
        or n.kind <> 'CREDIT_NOTE'
        or n.corrects_id is distinct from k.invoice_id
        or n.wallet_id <> c.wallet_id
        or n.currency <> c.currency
        or n.total <> -c.amount
        or (c.kind = 'VOID') <> exists (select from invoice_void v where v.credit_note_id = n.id)
        or exists (select from (select position, amount from adjustment_line where adjustment_id = c.id) l
                     full join (select corrects_position, amount from invoice_line where invoice_id = n.id) x
                       on x.corrects_position = l.position
                    where l.amount is distinct from -x.amount))
union all
select n.wallet_id, format('credit note %s gives back %s %s, and nobody asked for it', n.number_text, -n.total, n.currency)
  from invoice n
 where n.kind = 'CREDIT_NOTE'
   and n.total < 0
   and exists (select from invoice_line l
                where l.invoice_id = n.id and l.kind = 'CREDITED'
                  and not exists (select from invoice_line r
                                   where r.invoice_id = n.id and r.kind = 'TAX_CORRECTED' and r.corrects_position = l.corrects_position))
   and not exists (select from adjustment_decision d where d.document_id = n.id and d.outcome = 'DONE')
   and not exists (select from preapproved_document b where b.document_id = n.id)
union all
select c.wallet_id, format('adjustment %s was decided on by who asked for it', c.id)
  from adjustment_decision d
  join adjustment c on c.id = d.adjustment_id
 where c.expires_at is not null
   and d.outcome <> 'WITHDRAWN'
   and (d.decided_by is null or d.decided_by = c.requested_by)
union all
select c.wallet_id, format('adjustment %s allows a credit limit of %s, and its decision says %s', c.id, c.amount, coalesce(d.credit_limit::text, 'nothing'))
  from adjustment_decision d
  join adjustment c on c.id = d.adjustment_id
 where d.outcome = 'DONE'
   and c.kind = 'CREDIT_LIMIT'
   and d.credit_limit is distinct from c.amount
