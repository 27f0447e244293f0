-- A tenant has a charging run for every hour from its first to its last, and none is completed before the previous one.
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
