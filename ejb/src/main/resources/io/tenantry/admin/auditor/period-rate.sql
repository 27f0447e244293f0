-- The rate and currency of a rated period are those of its price version; an hour costs the monthly price divided by 730, rounded to eight decimals.
select p.wallet_id,
       format('rated period %s: %s %s an hour, price version %s %s, a month %s', p.id, p.hourly, p.currency,
              coalesce(v.hourly::text, 'missing'), v.currency, v.monthly) as detail
  from rated_period p
  left join price_version v on v.id = p.price_version_id
  left join wallet w on w.id = p.wallet_id
 where v.id is null
    or p.hourly <> v.hourly
    or v.hourly <> round(v.monthly / 730, 8)
    or p.currency <> v.currency
    or p.currency is distinct from w.currency
