-- A completed run has only completed slices, a running one has all planned slices, a new one has none.
select null::uuid as wallet_id,
       format('run %s until %s is %s with %s slices planned, %s there, %s done', r.id, r.until, r.state, r.slices,
              count(s.id), count(s.id) filter (where s.state = 'DONE')) as detail
  from work.charging_run r
  left join work.charging_slice s on s.run_id = r.id
 where r.tenant = replace(substr(current_schema(), 3), '_', '-')
 group by r.id
having case r.state when 'DONE' then count(s.id) filter (where s.state <> 'DONE') > 0
                    when 'RUNNING' then count(s.id) <> r.slices
                    else count(s.id) > 0 end
