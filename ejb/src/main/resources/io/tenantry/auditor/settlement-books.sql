-- The platform's own books balance, a reseller's account is the sum of its postings, a settlement owes what it says once and its tax to the state, and their numbers have no gap.
select null::uuid as wallet_id, format('entry %s sums to %s %s', p.entry_id, sum(p.amount), p.currency) as detail
  from posting p
 group by p.entry_id, p.currency
having sum(p.amount) <> 0
union all
select null, format('account of %s has %s after %s, its postings say %s after %s', a.tenant, a.balance, a.version,
                    coalesce(sum(p.amount), 0), count(p.entry_id))
  from reseller_account a
  left join posting p on p.account_id = a.id
 group by a.id
having a.balance <> coalesce(sum(p.amount), 0) or a.version <> count(p.entry_id)
union all
select null, format('settlement %s of %s: its account owes %s by it, its lines come to %s', s.number_text, s.payable, -p.amount, l.amount)
  from settlement s
  left join journal_entry e on e.idempotency_key = 'settlement:' || s.id
  left join posting p on p.entry_id = e.id and p.account_id = s.account_id
  left join lateral (
    select coalesce(sum(d.amount), 0) as amount, coalesce(sum(d.revenue), 0) as revenue
      from settlement_line d
     where d.settlement_id = s.id) l on true
 where coalesce(-p.amount, 0) <> s.payable
    or l.amount <> s.wholesale + s.fees
    or l.revenue <> s.revenue
union all
select null, format('settlement %s asks %s in tax, to the state go %s', s.number_text, s.tax, coalesce(sum(p.amount), 0))
  from settlement s
  left join journal_entry e on e.idempotency_key = 'settlement:' || s.id
  left join posting p on p.entry_id = e.id and p.account_id in (select t.id from ledger_account t where t.kind = 'TAX')
 group by s.id
having coalesce(sum(p.amount), 0) <> s.tax
union all
select null, format('series %s is at %s with %s settlements', r.year, r.next_number, count(s.id))
  from settlement_series r
  left join settlement s on s.year = r.year
 group by r.year
having count(s.id) <> r.next_number - 1 or coalesce(max(s.number), 0) <> r.next_number - 1
