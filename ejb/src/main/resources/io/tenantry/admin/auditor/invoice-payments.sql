-- The open amounts of a wallet's documents never exceed what the wallet is below zero, rounded up to the currency's decimals, nor what is left of each document after its credit notes.
select v.wallet_id, format('documents with %s open, of a wallet with %s', sum(v.open_amount), w.balance) as detail
  from invoice v
  join wallet w on w.id = v.wallet_id
 group by v.wallet_id, w.balance
having sum(v.open_amount) > ceiling(greatest(0, -w.balance) * power(10::numeric, max(v.decimals))) / power(10::numeric, max(v.decimals))
union all
select f.wallet_id, format('invoice %s and its debit notes have %s open, of which %s is left', f.number_text, f.open_amount, f.remaining)
  from (select v.wallet_id, v.number_text, v.open_amount + coalesce(sum(c.open_amount), 0) as open_amount,
               v.total + coalesce(sum(c.total), 0) as remaining
          from invoice v
          left join invoice c on c.corrects_id = v.id
         where v.kind = 'INVOICE'
         group by v.id) f
 where f.open_amount > greatest(0, f.remaining)
