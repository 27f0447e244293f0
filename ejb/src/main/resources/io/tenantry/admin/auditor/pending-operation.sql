-- A pending change of a server is recorded in its service, which is running, and in one operation alike; a change of plan has a price of that plan.
select null::uuid as wallet_id,
       format('service %s is %s and at %s, and its wish is %s%s', coalesce(s.id, w.service_id), coalesce(s.state, 'at rest'),
              coalesce(s.pending_operation, 'nothing'), coalesce(w.kind, 'not there'),
              case when v.plan_id <> w.plan_id then ', at a price of another plan' else '' end) as detail
  from (select id, state, pending_operation from service where pending_operation is not null) s
  full join service_operation w on w.service_id = s.id
  left join price_version v on v.id = w.price_version_id
 where s.id is null
    or w.id is null
    or w.kind <> s.pending_operation
    or s.state not in ('ACTIVE', 'SUSPENDED')
    or v.plan_id <> w.plan_id
