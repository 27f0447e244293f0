-- Held money is above zero and has an end after its beginning; what is taken or released was so at some moment, and what is held was not.
select h.wallet_id,
       format('hold %s for service %s: %s of %s from %s until %s, ended %s', h.id, h.service_id, h.state, h.amount, h.held_at,
              h.until, coalesce(h.ended_at::text, 'never')) as detail
  from wallet_reservation h
 where h.amount <= 0
    or h.until <= h.held_at
    or (h.state = 'HELD') <> (h.ended_at is null)
    or h.ended_at < h.held_at
