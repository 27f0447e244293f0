-- Every threshold that a wallet is beyond was published as an event since the wallet last recovered.
select w.id as wallet_id,
       format('balance_status %s without the event %s', w.balance_status, (array['LOW', 'EMPTY', 'OVER_LIMIT'])[w.balance_status]) as detail
  from wallet w
  left join (
    select v.wallet_id,
           max(v.id) filter (where v.kind = 'LOW') as low,
           max(v.id) filter (where v.kind = 'EMPTY') as empty,
           max(v.id) filter (where v.kind = 'OVER_LIMIT') as over_limit,
           coalesce(max(v.id) filter (where v.kind = 'RECOVERED'), 0) as recovered
      from wallet_event v
     group by v.wallet_id) t on t.wallet_id = w.id
 where w.balance_status > 0
   and coalesce(case w.balance_status when 1 then t.low when 2 then t.empty else t.over_limit end, 0) <= coalesce(t.recovered, 0)
