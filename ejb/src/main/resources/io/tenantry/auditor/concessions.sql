-- Each concession that was done has exactly one entry, of its amount on its wallet and against its account; each entry of one and each write-off has one; nobody approved their own.
select c.wallet_id, format('concession %s of %s %s was done, and entry %s moved %s', c.id, c.amount, c.currency, d.entry_id, coalesce(p.amount::text, 'nothing')) as detail
  from concession_decision d
  join concession c on c.id = d.concession_id
  left join journal_entry e on e.id = d.entry_id and e.idempotency_key = 'concession:' || c.id
  left join posting p on p.entry_id = e.id and p.account_id = c.wallet_id and p.currency = c.currency
 where d.outcome = 'DONE'
   and (p.amount is distinct from c.amount
        or not exists (select from posting o join ledger_account a on a.id = o.account_id
                        where o.entry_id = e.id and a.kind = c.counterpart and o.amount = -c.amount))
union all
select null, format('entry %s gives something up, and nobody did so', e.id)
  from journal_entry e
 where (e.idempotency_key like 'concession:%' or e.source = 'write-off')
   and not exists (select from concession_decision d where d.entry_id = e.id and d.outcome = 'DONE')
union all
select c.wallet_id, format('concession %s was decided on by who asked for it', c.id)
  from concession_decision d
  join concession c on c.id = d.concession_id
 where c.expires_at is not null
   and d.outcome <> 'WITHDRAWN'
   and (d.decided_by is null or d.decided_by = c.asked_by)
