-- Every journal entry sums to zero in each of its currencies.
select null::uuid as wallet_id,
       format('entry %s is off by %s %s', p.entry_id, sum(p.amount), p.currency) as detail
  from posting p
 group by p.entry_id, p.currency
having sum(p.amount) <> 0
