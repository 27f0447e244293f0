-- A service on its way to or from a vendor has a work item that sees to it, waiting or parked.
select null::uuid as wallet_id,
       format('service %s is %s at %s, and nothing sees to it', s.id, s.state, s.account) as detail
  from service s
 where s.account is not null
   and s.state in ('ORDERED', 'PROVISIONING', 'TERMINATING')
   and not exists (select from work.work_item i
                    where i.tenant = replace(substr(current_schema(), 3), '_', '-')
                      and i.subject = s.id
                      and i.kind = case s.state when 'TERMINATING' then 'delete' else 'provision' end
                      and i.state in ('OPEN', 'PARKED'))
