-- An add-on that is being created, changed or deleted at a provider has a task for it, waiting or parked.
select null::uuid as wallet_id,
       format('add-on %s (%s) is %s, to be %s, and nothing sees to it', o.id, o.kind, o.state, coalesce(o.pending_action, 'left as it is')) as detail
  from addon o
 where (o.state in ('ORDERED', 'TERMINATING') or o.pending_action is not null)
   and not exists (select from work.work_item i
                    where i.tenant = replace(substr(current_schema(), 3), '_', '-')
                      and i.subject = o.id
                      and i.kind = lower(o.kind)
                      and i.state in ('OPEN', 'PARKED'))
