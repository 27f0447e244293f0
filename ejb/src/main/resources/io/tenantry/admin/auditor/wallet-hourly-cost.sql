-- The hourly cost recorded for a wallet is the hourly cost of its open rated periods, including tax.
select w.id as wallet_id,
       format('burn per hour %s, open rated periods %s', w.hourly_cost, coalesce(p.hourly, 0)) as detail
  from wallet w
  left join (select wallet_id, sum(hourly + case when tax_included then 0 else round(hourly * tax_rate, 8) end) as hourly
               from rated_period
              where open
              group by wallet_id) p
    on p.wallet_id = w.id
 where w.hourly_cost <> coalesce(p.hourly, 0)
