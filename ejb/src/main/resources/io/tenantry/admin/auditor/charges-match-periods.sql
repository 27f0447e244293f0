-- The rated periods of a wallet, with their tax, add up to what charging debited from it.
select coalesce(r.wallet_id, c.account_id) as wallet_id,
       format('rated periods %s, charges %s', coalesce(r.total, 0), coalesce(c.total, 0)) as detail
  from (select wallet_id, sum(amount + case when tax_included then 0 else round(amount * tax_rate, 8) end) as total
          from rated_period
         group by wallet_id) r
  full join (
    select p.account_id, -sum(p.amount) as total
      from posting p
      join journal_entry e on e.id = p.entry_id and e.kind = 'CHARGE'
      join wallet w on w.id = p.account_id
     group by p.account_id) c on c.account_id = r.wallet_id
 where coalesce(r.total, 0) <> coalesce(c.total, 0)
