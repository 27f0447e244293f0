-- A service or add-on that is being created or changed has one reservation on its wallet; it is captured only when the service becomes active.
select h.wallet_id,
       format('hold %s of %s: %s for service %s, which %s', h.id, h.amount, h.state, h.service_id,
              case when s.id is null then 'is not there'
                   when s.wallet_id <> h.wallet_id then 'another wallet pays for'
                   when h.alike > 1 and h.state = 'RESERVED' then 'has several'
                   else format('is %s', s.state) end) as detail
  from (select w.*, count(*) over (partition by w.service_id, w.state) as alike from wallet_reservation w) h
  left join (select id, wallet_id, state, activated_at,
                    state in ('ORDERED', 'PROVISIONING', 'UNKNOWN')
                        or state in ('ACTIVE', 'SUSPENDED') and pending_operation is not distinct from 'RESIZE' as on_its_way
               from service
             union all
             select id, wallet_id, state, activated_at, state = 'ORDERED' or coalesce(pending_action, '') in ('GROW', 'POLICY') from addon) s
    on s.id = h.service_id
 where s.id is null
    or s.wallet_id <> h.wallet_id
    or h.state = 'RESERVED' and (h.alike > 1 or not s.on_its_way)
    or h.state = 'CAPTURED' and s.activated_at is null
