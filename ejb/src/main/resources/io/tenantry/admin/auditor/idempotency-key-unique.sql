-- No idempotency key is in the journal twice: a repeated request is booked once.
select null::uuid as wallet_id,
       format('key "%s" has the entries %s', e.idempotency_key, string_agg(e.id::text, ', ' order by e.id)) as detail
  from journal_entry e
 group by e.idempotency_key
having count(*) > 1
