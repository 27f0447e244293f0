-- The balance recorded with each posting of a wallet is the running sum of its postings; the first mismatch is reported.
select distinct on (r.account_id)
       r.account_id as wallet_id,
       format('entry %s notes %s, running sum %s', r.entry_id, coalesce(r.balance_after::text, 'nothing'), r.running)
         as detail
  from (select p.account_id,
               p.entry_id,
               p.balance_after,
               sum(p.amount) over (partition by p.account_id order by p.entry_id) as running
          from posting p
          join wallet w on w.id = p.account_id) r
 where r.balance_after is distinct from r.running
 order by r.account_id, r.entry_id
