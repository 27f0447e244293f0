-- The platform's books balance, a reseller's account is the sum of its postings, settlements debit and credit notes credit their amount once, with its tax, and never more than a line's amount; payments cover the oldest settlements first; a reversal matches its payment; numbers have no gap.
select null::uuid as wallet_id, format('entry %s sums to %s %s', p.entry_id, sum(p.amount), p.currency) as detail
  from posting p
 group by p.entry_id, p.currency
having sum(p.amount) <> 0
union all
select null, format('account of %s has %s after %s, its postings say %s after %s', a.tenant, a.balance, a.version,
                    coalesce(sum(p.amount), 0), count(p.entry_id))
  from reseller_ledger_account a
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
union all
select null, format('credit note %s gives back %s with %s in tax, its account got %s and the state lost %s, its lines come to %s', c.number_text,
                    c.payable, c.tax, coalesce(p.given, 0), coalesce(p.taxed, 0), l.amount)
  from settlement_credit c
  left join journal_entry e on e.idempotency_key = 'settlement-credit:' || c.id
  left join lateral (
    select sum(o.amount) filter (where o.account_id = c.account_id) as given,
           -sum(o.amount) filter (where t.kind = 'TAX') as taxed
      from posting o
      join ledger_account t on t.id = o.account_id
     where o.entry_id = e.id) p on true
  left join lateral (
    select coalesce(sum(d.amount), 0) as amount from settlement_credit_line d where d.credit_id = c.id) l on true
 where coalesce(p.given, 0) <> c.payable
    or coalesce(p.taxed, 0) <> c.tax
    or l.amount <> c.wholesale + c.fees
union all
select null, format('line %s of settlement %s is %s, credited were %s', l.position, s.number_text, l.amount, sum(c.amount))
  from settlement_credit_line c
  join settlement_line l on l.settlement_id = c.settlement_id and l.position = c.position
  join settlement s on s.id = l.settlement_id
 group by s.id, l.settlement_id, l.position
having sum(c.amount) > l.amount
union all
select null, format('series %s of credit notes is at %s with %s', r.year, r.next_number, count(c.id))
  from settlement_credit_series r
  left join settlement_credit c on c.year = r.year
 group by r.year
having count(c.id) <> r.next_number - 1 or coalesce(max(c.number), 0) <> r.next_number - 1
union all
select null, format('settlement %s is %s, of %s that are due its account lacks %s', d.number_text, d.state, d.due, greatest(0, -d.holds))
  from (select s.number_text, s.state, s.due,
               a.balance + coalesce(sum(s.due) over (partition by s.account_id order by s.month desc rows between unbounded preceding and 1 preceding), 0) as holds
          from (select n.*, n.payable - coalesce((select sum(c.payable) from settlement_credit c where c.settlement_id = n.id), 0) as due
                  from settlement n) s
          join reseller_ledger_account a on a.id = s.account_id) d
 where (d.state = 'PAID') <> (d.due = 0 or d.holds >= 0)
union all
select null, format('entry %s does not take back what %s has booked', r.id, r.reverses)
  from journal_entry r
 where r.reverses is not null
   and exists (select from posting p where p.entry_id in (r.id, r.reverses) group by p.account_id having sum(p.amount) <> 0)
