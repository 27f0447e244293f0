-- Every wallet's balance is the sum of its postings.
select w.id as wallet_id,
       format('balance %s, sum of postings %s', w.balance, coalesce(p.total, 0)) as detail
  from wallet w
  left join (select account_id, sum(amount) as total from posting group by account_id) p on p.account_id = w.id
 where w.balance <> coalesce(p.total, 0)
