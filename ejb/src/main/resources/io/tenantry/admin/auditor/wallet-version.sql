-- Every wallet's version is the number of its postings: no update was lost, even if sums agree.
select w.id as wallet_id,
       format('version %s, postings %s', w.version, coalesce(p.legs, 0)) as detail
  from wallet w
  left join (select account_id, count(*) as legs from posting group by account_id) p on p.account_id = w.id
 where w.version <> coalesce(p.legs, 0)
