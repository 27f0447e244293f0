-- Every posting belongs to a journal entry and to an account of its currency.
select w.id as wallet_id,
       format('posting of entry %s on account %s has no %s', p.entry_id, p.account_id,
              case when e.id is null then 'entry' else 'account in ' || p.currency end) as detail
  from posting p
  left join journal_entry e on e.id = p.entry_id
  left join ledger_account a on a.id = p.account_id and a.currency = p.currency
  left join wallet w on w.id = p.account_id
 where e.id is null
    or a.id is null
