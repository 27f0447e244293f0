-- From its first run to its last a tenant has one for every hour, and none is done before the one before it.
select null::uuid as wallet_id,
       format('run %s until %s (%s) follows one until %s (%s)', r.id, r.until, r.state, r.before, r.state_before) as detail
  from (select c.id,
               c.until,
               c.state,
               lag(c.until) over (order by c.until) as before,
               lag(c.state) over (order by c.until) as state_before
          from work.charging_run c
         where c.tenant = replace(substr(current_schema(), 3), '_', '-')) r
 where r.until - r.before > interval '1 hour'
    or r.state <> 'OPEN' and r.state_before <> 'DONE'
