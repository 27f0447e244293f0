-- The amount of a rated period is its surcharge plus its hours at its rate, at most its cap, and its watermark is its start plus its hours.
select p.wallet_id,
       format('rated period %s: amount %s, %s hours at %s until %s', p.id, p.amount, p.hours, p.hourly, p.charged_until)
         as detail
  from rated_period p
 where p.amount <> least(p.cap, p.surcharge + p.hours * p.hourly)
    or p.charged_until <> p.starts_at + p.hours * interval '1 hour'
