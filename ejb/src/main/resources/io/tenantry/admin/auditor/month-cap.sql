-- The charges of a service in a calendar month never exceed the highest monthly price that it had in that month.
select (array_agg(p.wallet_id order by p.id))[1] as wallet_id,
       format('service %s: %s charged in the month that ends at %s, price %s', p.service_id, sum(p.amount),
              p.month_ends_at, max(v.monthly)) as detail
  from rated_period p
  join price_version v on v.id = p.price_version_id
 group by p.service_id, p.month_ends_at
having sum(p.amount) > max(v.monthly)
