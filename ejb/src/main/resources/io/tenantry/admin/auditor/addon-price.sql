-- The current and the requested price of an add-on are a unit price times its quantity, of the same kind and policy.
select o.wallet_id,
       format('add-on %s (%s, %s%s): price version %s says %s of %s at %s a month, a unit costs %s', o.id, o.kind, q.quantity,
              coalesce(', ' || q.policy, ''), q.price_id, coalesce(v.quantity::text, 'nothing'),
              coalesce(p.kind || coalesce(' ' || p.policy, ''), 'nothing'), v.monthly, p.monthly) as detail
  from addon o
 cross join lateral (values (o.price_version_id, o.quantity, o.policy),
                            (o.pending_price_id, coalesce(o.pending_quantity, o.quantity), coalesce(o.pending_policy, o.policy))
                    ) q (price_id, quantity, policy)
  left join price_version v on v.id = q.price_id
  left join addon_price p on p.id = v.addon_price_id
 where q.price_id is not null
   and (p.id is null
        or p.kind <> o.kind
        or p.policy is not null and p.policy is distinct from q.policy
        or v.quantity <> q.quantity
        or v.monthly <> p.monthly * q.quantity
        or v.currency <> p.currency)
