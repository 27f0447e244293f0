-- The numbers of each series start at one, have no gaps up to the next number, and match the format of the series.
select null::uuid as wallet_id,
       format('series %s %s: %s documents up to %s, next is %s', s.kind, s.year, coalesce(n.documents, 0), coalesce(n.last, 0),
              s.next_number) as detail
  from invoice_number_sequence s
  left join (
    select series_id, count(distinct number) as documents, max(number) as last from invoice group by series_id) n on n.series_id = s.id
 where coalesce(n.documents, 0) <> s.next_number - 1
    or coalesce(n.last, 0) <> s.next_number - 1
union all
select v.wallet_id, format('document %s is number %s of series %s %s', v.number_text, v.number, s.kind, s.year)
  from invoice v
  left join invoice_number_sequence s on s.id = v.series_id
 where s.id is null
    or s.kind <> v.kind
    or v.number_text <> s.prefix || lpad(v.number::text, greatest(s.digits, length(v.number::text)), '0') || s.suffix
