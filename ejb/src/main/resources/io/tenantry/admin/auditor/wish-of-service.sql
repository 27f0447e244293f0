-- What is wanted of a server stands in its service, which runs, and in one wish alike; a wish for another plan has a price of that plan.
select null::uuid as wallet_id,
       format('service %s is %s and at %s, and its wish is %s%s', coalesce(s.id, w.service_id), coalesce(s.state, 'at rest'),
              coalesce(s.changing, 'nothing'), coalesce(w.kind, 'not there'),
              case when v.plan_id <> w.plan_id then ', at a price of another plan' else '' end) as detail
  from (select id, state, changing from service where changing is not null) s
  full join service_operation w on w.service_id = s.id
  left join price_version v on v.id = w.price_version_id
 where s.id is null
    or w.id is null
    or w.kind <> s.changing
    or s.state not in ('ACTIVE', 'SUSPENDED')
    or v.plan_id <> w.plan_id
