-- The audit log is complete: no record is missing or changed, and each follows the one before it; the first fault is reported.
select null::uuid as wallet_id,
       format('record %s is not as it was written, or the one before it is missing', r.seq) as detail
  from (select a.seq,
               a.prev_hash,
               a.hash,
               row_number() over (order by a.seq) as expected_seq,
               lag(a.hash, 1, decode(repeat('00', 32), 'hex')) over (order by a.seq) as expected_prev,
               sha256(convert_to(jsonb_build_array(
                 encode(a.prev_hash, 'hex'), a.seq, (extract(epoch from a.at) * 1000000)::bigint, a.actor_kind,
                 a.actor_id, a.actor_name, a.real_actor, a.action, a.subject_kind, a.subject_id, a.facts, a.address,
                 a.request_id)::text, 'UTF8')) as expected_hash
          from audit_record a) r
 where r.seq <> r.expected_seq
    or r.prev_hash <> r.expected_prev
    or r.hash <> r.expected_hash
 order by r.seq
 limit 1
