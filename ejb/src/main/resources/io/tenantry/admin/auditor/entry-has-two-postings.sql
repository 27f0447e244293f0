-- Every journal entry has at least two postings.
select null::uuid as wallet_id,
       format('entry %s has %s postings', e.id, count(p.entry_id)) as detail
  from journal_entry e
  left join posting p on p.entry_id = e.id
 group by e.id
having count(p.entry_id) < 2
