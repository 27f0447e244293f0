-- A service that is being created, switched, changed or deleted at a provider has a task for it, waiting or parked.
select null::uuid as wallet_id,
       format('service %s is %s at %s, and no %s sees to it', s.id, s.state, s.account, s.kind) as detail
  from (select id,
               state,
               account,
               unnest(array[case when state in ('ORDERED', 'PROVISIONING') then 'provision'
                                 when state = 'TERMINATING' then 'delete' end,
                            case when state in ('ACTIVE', 'SUSPENDED') and pending_power is not null then 'power' end,
                            case when state in ('ACTIVE', 'SUSPENDED') and pending_network is not null then 'network' end,
                            case when state in ('ACTIVE', 'SUSPENDED') and pending_operation is not null then lower(pending_operation) end])
                 as kind
          from service
         where account is not null) s
 where s.kind is not null
   and not exists (select from work.work_item i
                    where i.tenant = replace(substr(current_schema(), 3), '_', '-')
                      and i.subject = s.id
                      and i.kind = s.kind
                      and i.state in ('OPEN', 'PARKED'))
