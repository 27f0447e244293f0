-- Only a service that is active or suspended and not paused, or an active add-on, has an open rated period.
select coalesce(s.wallet_id, p.wallet_id) as wallet_id,
       case when s.id is null then format('service %s does not run and has an open rated period', p.service_id)
            else format('service %s runs without an open rated period', s.id) end as detail
  from (select id, wallet_id from service
         where state in ('ACTIVE', 'SUSPENDED')
           and not exists (select from charge_pause z where z.service_id = service.id and z.resumed_at is null)
        union all
        select id, wallet_id from addon where state = 'ACTIVE') s
  full join (select distinct service_id, wallet_id from rated_period where open) p on p.service_id = s.id
 where s.id is null
    or p.service_id is null
