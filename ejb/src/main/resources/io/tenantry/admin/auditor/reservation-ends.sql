-- Reserved amounts are above zero and expire after they were made; captured or released reservations have that time, open ones do not.
select h.wallet_id,
       format('hold %s for service %s: %s of %s from %s until %s, ended %s', h.id, h.service_id, h.state, h.amount, h.reserved_at,
              h.until, coalesce(h.ended_at::text, 'never')) as detail
  from wallet_reservation h
 where h.amount <= 0
    or h.until <= h.reserved_at
    or (h.state = 'RESERVED') <> (h.ended_at is null)
    or h.ended_at < h.reserved_at
