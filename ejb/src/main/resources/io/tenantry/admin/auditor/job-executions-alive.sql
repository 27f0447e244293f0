-- No batch execution is listed as running if its server sends no heartbeat.
select null::uuid as wallet_id,
       format('execution %s of %s is %s since %s', e.jobexecutionid, i.jobname, e.batchstatus, e.createtime) as detail
  from batch.job_execution e
  join batch.job_instance i on i.jobinstanceid = e.jobinstanceid
 where e.batchstatus in ('STARTING', 'STARTED', 'STOPPING')
   and e.createtime < clock_timestamp() - interval '2 minutes'
   and not exists (
     select from work.job_execution j
       join work.node n on n.name = j.node and n.boot = j.boot
      where j.execution_id = e.jobexecutionid
        and n.seen_at > clock_timestamp() - interval '2 minutes')
