package io.tenantry.billing.charging;

/** Statements that derive the breakdown of charges from rated periods and the journal: there is no row per hour. */
final class ChargeBreakdownSql {
    /**
     * The parts of one entry of a wallet, or of all its charges within a time span.
     *
     * <p>A charge covers every hour that started before it and was not charged yet: a run charges those of all services of the wallet, other
     * charges those of one service. So an hour belongs to the first charge after it, in the order of the journal, that covers its service; runs
     * before a service existed do not cover it. The cost of hours of a period follows from its terms, as for the auditor and for refunds. A
     * charge across the end of a month has an entry for each month that it opened and in which something was charged; the number of periods
     * that it opened shows which one. Only periods with a price count, because their first hour of a month costs something, so that they cannot
     * have been opened by a charge without an entry. A rise within an hour is a separate entry, which names the period that it closed.
     *
     * <p>Of free hours, only the last before a charge is included: others may have been covered earlier without an entry.
     *
     * <p>Parameters: the wallet; the entry or null; without an entry the time span (later than, not later than); the search text; the kind or
     * null (twice); maximum number of rows; rows to skip.
     */
    static final String PARTS = """
            with asked as (
              select ?::uuid as wallet, ?::bigint as entry, ?::timestamptz as after, ?::timestamptz as until
            ),
            charge as materialized (
              select e.id, e.effective_at as at,
                     case when e.source like 'service:%' then split_part(e.source, ':', 2)::uuid end as thing,
                     case when e.source like 'service:%' then split_part(e.source, ':', 3) else '' end as what,
                     case when e.source like 'service:%:changed:%' then split_part(e.source, ':', 4)::bigint end as closed,
                     min(e.id) over same as first_id,
                     row_number() over (same order by e.id) as place
                from asked a
                join posting p on p.account_id = a.wallet
                join journal_entry e on e.id = p.entry_id
               where e.kind = 'CHARGE'
              window same as (partition by e.created_in, e.source, e.effective_at)
            ),
            begun as (
              select c.*,
                     t.place as wanted,
                     case when a.entry is null then c.at > a.after and c.at <= a.until else c.first_id = t.first_id end as is_asked,
                     max(c.at) filter (where c.thing is null)
                       over (order by c.id rows between unbounded preceding and 1 preceding) as run_before
                from charge c
               cross join asked a
                left join charge t on t.id = a.entry
               where c.place = 1
            ),
            thing as (
              select s.id
                from asked a
                join service_v s on s.wallet_id = a.wallet
              union all
              select o.id
                from asked a
                join wallet w on w.id = a.wallet
                join addon_v o on o.organization_id = w.organization_id and o.wallet_id = w.id
            ),
            told as (
              select b.thing, b.id, b.at, b.what, b.wanted, b.run_before, b.is_asked, b.at as own
                from begun b
               where b.thing is not null
              union all
              select t.id, b.id, b.at, b.what, b.wanted, b.run_before, true, null
                from begun b
               cross join thing t
               where b.thing is null and b.is_asked
            ),
            covered as (
              select t.thing, t.id, t.at, t.wanted,
                     case when t.what <> 'activated' then greatest(t.run_before, t.own_before) end as charged_to
                from (select o.*,
                             max(o.own) over (partition by o.thing order by o.id rows between unbounded preceding and 1 preceding)
                               as own_before,
                             min(o.id) filter (where o.what = 'activated') over (partition by o.thing) as activated_in
                        from told o) t
               where t.is_asked
                 and t.what <> 'changed'
                 and (t.own is not null or coalesce(t.activated_in, 0) < t.id)
            ),
            stretch as (
              select c.thing, min(coalesce(c.charged_to, '-infinity')) as since, max(c.at) as until
                from covered c
               group by c.thing
            ),
            period as materialized (
              select n.id, n.service_id, n.starts_at, n.charged_until, n.hours, n.hourly, n.surcharge, n.cap, n.tax_rate, n.tax_included,
                     n.hourly > 0
                       and n.month_ends_at > (select q.month_ends_at
                                                from rated_period q
                                               where q.service_id = n.service_id and q.id < n.id
                                               order by q.id desc
                                               limit 1) as opens
                from stretch s
                join rated_period n on n.service_id = s.thing and n.starts_at < s.until and n.charged_until > s.since
            ),
            piece as (
              select c.id as entry, c.wanted, n.id,
                     case when m.early = m.before then greatest(h.before, h.early) else h.before end as since,
                     h.reached,
                     m.amount,
                     m.tax,
                     count(*) filter (where n.opens and n.starts_at >= coalesce(c.charged_to, n.starts_at))
                       over (partition by c.id, n.service_id order by n.id) as opened
                from covered c
                join period n
                  on n.service_id = c.thing and n.starts_at < c.at and n.charged_until > coalesce(c.charged_to, n.starts_at)
               cross join lateral (
                 select least(n.hours, started_hours(n.starts_at, greatest(n.starts_at, c.charged_to))) as before,
                        least(n.hours, started_hours(n.starts_at, c.at - interval '1 hour')) as early,
                        least(n.hours, started_hours(n.starts_at, c.at)) as reached) h
               cross join lateral (
                 select least(n.cap, n.surcharge + h.before * n.hourly) as before,
                        least(n.cap, n.surcharge + greatest(h.before, h.early) * n.hourly) as early,
                        least(n.cap, n.surcharge + h.reached * n.hourly)
                          - least(n.cap, n.surcharge + h.before * n.hourly) as amount,
                        case when n.tax_included then 0
                             else tax_part(least(n.cap, n.surcharge + h.reached * n.hourly), n.tax_rate, false)
                                    - tax_part(least(n.cap, n.surcharge + h.before * n.hourly), n.tax_rate, false) end as tax) m
               where h.reached > h.before
            ),
            placed as materialized (
              select p.entry, p.opened,
                     greatest(1, count(nullif(sum(p.amount), 0)) over (partition by p.entry order by p.opened)) as place
                from piece p
               group by p.entry, p.opened
            ),
            part as (
              select x.id, sum(x.reached - x.since)::int as hours, sum(x.rise) as rise, sum(x.amount) as amount,
                     sum(x.tax) as tax,
                     min(x.since) as since, max(x.reached) as reached
                from (select p.id, p.since, p.reached, 0 as rise, p.amount, p.tax
                        from piece p
                        join placed l on l.entry = p.entry and l.opened = p.opened
                       where p.wanted is null or l.place = p.wanted
                      union all
                      select n.id, 0, 0, n.surcharge, least(n.cap, n.surcharge),
                             with_tax(least(n.cap, n.surcharge), n.tax_rate, n.tax_included) - least(n.cap, n.surcharge)
                        from begun b
                       cross join lateral (
                         select r.id, r.surcharge, r.cap, r.tax_rate, r.tax_included
                           from rated_period r
                          where r.service_id = b.thing and r.id > b.closed
                          order by r.id
                          limit 1) n
                       where b.is_asked and b.what = 'changed') x
               group by x.id
              having sum(x.reached - x.since) > 0 or sum(x.amount) <> 0
            )
            select x.id, r.service_id as thing, coalesce(o.service_id, s.id) as server, t.name, t.kind, coalesce(l.name, '') as plan,
                   coalesce(v.quantity, 1) as quantity, v.version, v.monthly, r.currency, r.hourly, r.month_cap, x.hours, x.rise,
                   x.amount, x.tax,
                   r.starts_at + case when x.hours = 0 then -1 else x.since end * interval '1 hour' as begins,
                   r.starts_at + x.reached * interval '1 hour' as ends,
                   r.hourly > 0 and r.surcharge + x.reached * r.hourly >= r.cap as capped,
                   count(*) over ()::int as total
              from part x
              join rated_period r on r.id = x.id
              join price_version v on v.id = r.price_version_id
              left join plan l on l.id = v.plan_id
              left join service_v s on s.id = r.service_id
              left join addon_v o on o.id = r.service_id
              left join service_v h on h.id = o.service_id
             cross join lateral (
               select coalesce(s.name, case when o.kind = 'BACKUP' then h.name else o.name end) as name,
                      coalesce(o.kind, 'SERVER') as kind) t
             where strpos(lower(t.name), ?) > 0
               and (?::text is null or t.kind = ?)
             order by ${order}
             limit ? offset ?
            """;

    private ChargeBreakdownSql() {}
}
