-- Every rated period is on its service's wallet, and the latest has the price that the customer accepted last.
select p.wallet_id,
       case when s.id is null then format('rated period %s is of no service', p.id)
            when p.wallet_id <> s.wallet_id then format('rated period %s charges another wallet than %s of service %s',
                                                        p.id, s.wallet_id, s.id)
            else format('service %s is at price version %s, its latest rated period %s at %s',
                        s.id, s.price_version_id, p.id, p.price_version_id) end as detail
  from (select r.*, lead(r.id) over (partition by r.service_id order by r.id) as next_id from rated_period r) p
  left join (select id, wallet_id, price_version_id from service
             union all
             select id, wallet_id, price_version_id from addon) s on s.id = p.service_id
 where s.id is null
    or p.wallet_id <> s.wallet_id
    or p.next_id is null and p.price_version_id <> s.price_version_id
       and not exists (select from charge_pause z where z.service_id = s.id and z.resumed_at is null)
