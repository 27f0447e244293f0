-- What a wallet is said to pay an hour is what its open rated periods cost an hour.
select w.id as wallet_id,
       format('burn per hour %s, open rated periods %s', w.burn_per_hour, coalesce(p.hourly, 0)) as detail
  from wallet w
  left join (select wallet_id, sum(hourly) as hourly from rated_period where open group by wallet_id) p
    on p.wallet_id = w.id
 where w.burn_per_hour <> coalesce(p.hourly, 0)
