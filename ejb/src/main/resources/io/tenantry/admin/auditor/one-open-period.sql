-- No service has two open rated periods.
select (array_agg(p.wallet_id order by p.id))[1] as wallet_id,
       format('service %s has %s open rated periods', p.service_id, count(*)) as detail
  from rated_period p
 where p.open
 group by p.service_id
having count(*) > 1
