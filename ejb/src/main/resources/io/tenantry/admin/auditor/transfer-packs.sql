-- Each transfer pack was paid once, its used amount is what bills took from it, and what a bill line took from packs is not charged.
select coalesce(k.wallet_id, e.wallet_id) as wallet_id,
       format('%s: costs %s, taken %s in %s; %s used of %s, %s in its uses', coalesce(k.source, e.source), coalesce(k.price, 0),
              coalesce(e.taken, 0), coalesce(e.entries, 0), coalesce(k.used_bytes, 0), coalesce(k.bytes, 0),
              coalesce(k.in_uses, 0)) as detail
  from (select 'transfer-pack:' || p.id as source, p.wallet_id, p.price, p.bytes, p.used_bytes,
               coalesce((select sum(u.bytes) from transfer_pack_usage u where u.pack_id = p.id), 0) as in_uses
          from transfer_pack p) k
  full join (
    select j.source, min(p.account_id::text)::uuid as wallet_id,
           -sum(p.amount + coalesce(case when not x.included then x.tax end, 0)) as taken, count(*) as entries
      from journal_entry j
      join posting p on p.entry_id = j.id
      left join entry_tax x on x.entry_id = j.id
      join wallet w on w.id = p.account_id
     where j.source like 'transfer-pack:%'
     group by j.source) e on e.source = k.source
 where k.source is null
    or e.source is null
    or k.wallet_id <> e.wallet_id
    or k.price <> e.taken
    or e.entries <> 1
    or k.used_bytes <> k.in_uses
    or k.used_bytes not between 0 and k.bytes
union all
select l.wallet_id,
       format('bill %s, service %s: %s beyond, %s from packs, %s in uses, %s taken', l.bill_id, l.service_id, l.over_bytes,
              l.prepaid_bytes, n.bytes, l.amount)
  from transfer_bill_line l
  left join transfer_bill b on b.id = l.bill_id
  left join transfer_price v on v.id = b.price_id
 cross join lateral (
   select coalesce(sum(u.bytes), 0) as bytes
     from transfer_pack_usage u
    where u.bill_id = l.bill_id and u.service_id = l.service_id) n
 where l.prepaid_bytes <> n.bytes
    or abs(l.amount * 1073741824 - v.per_gib * (l.over_bytes - l.prepaid_bytes)) > 5.36870912
union all
select k.wallet_id, format('pack %s gave %s to bill %s, which is another''s or not of its time', k.id, u.bytes, b.id)
  from transfer_pack_usage u
  join transfer_pack k on k.id = u.pack_id
  join transfer_bill b on b.id = u.bill_id
 where b.organization_id <> k.organization_id
    or b.to_at <= k.bought_at
    or b.from_at >= k.expires_at
