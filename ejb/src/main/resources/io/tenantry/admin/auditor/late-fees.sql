-- Each late fee of a dunning step was debited from the wallet by exactly one entry, which goes to revenue without tax; each such entry belongs to one step.
select d.wallet_id, format('step %s cost %s %s, and entry %s took %s', s.id, s.fee, s.currency, coalesce(s.fee_entry_id::text, 'none'),
                           coalesce(p.amount::text, 'nothing')) as detail
  from dunning_step s
  join dunning_case d on d.id = s.case_id
  left join journal_entry e on e.id = s.fee_entry_id and e.source = 'late-fee:' || s.id
  left join posting p on p.entry_id = e.id and p.account_id = d.wallet_id and p.currency = s.currency
 where s.fee > 0
   and (p.amount is distinct from -s.fee
        or not exists (select from posting o join ledger_account a on a.id = o.account_id
                        where o.entry_id = e.id and a.kind = 'REVENUE' and o.amount = s.fee))
union all
select p.account_id, format('entry %s takes a late fee, and no step does', e.id)
  from journal_entry e
  join posting p on p.entry_id = e.id
  join wallet w on w.id = p.account_id
 where e.source like 'late-fee:%'
   and not exists (select from dunning_step s where s.fee_entry_id = e.id)
