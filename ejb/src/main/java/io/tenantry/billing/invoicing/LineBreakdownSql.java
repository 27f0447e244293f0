package io.tenantry.billing.invoicing;

/** SQL statements for the origin of lines, one for each type of line. */
final class LineBreakdownSql {
    /** The buyer: the organization's data at the moment {@code f.at}. */
    private static final String BUYER = """
              left join organization g on g.id = w.organization_id
              left join lateral (
                select b.country || coalesce('-' || nullif(b.region, ''), '') as place, b.vat_number
                  from invoice_buyer b
                 where b.organization_id = w.organization_id and b.recorded_at <= f.at
                 order by b.id desc
                 limit 1) b on true
              left join lateral (
                select case when q.until_at <= f.at then 'CONSUMER' else q.status end as status, q.evidence, q.from_at
                  from tax_status q
                 where q.organization_id = w.organization_id and q.from_at <= f.at
                 order by q.id desc
                 limit 1) q on true
            """;

    private static final String BOUGHT = """
                   w.organization_id, coalesce(g.name, '') as organization, coalesce(b.place, g.country, '') as buyer_place,
                   coalesce(b.vat_number, '') as buyer_number, coalesce(q.status, 'CONSUMER') as buyer_status,
                   coalesce(q.evidence, '') as buyer_evidence, q.from_at as buyer_since,
            """;

    /** The document that contains the line, and if it is later than the document of its month, the latter as well. */
    private static final String DOCUMENT = """
              left join invoice d on d.id = l.invoice_id
             cross join lateral (select case when d.kind = 'INVOICE' and l.from_at < d.period_from then l.from_at end as late_at) y
              left join invoice m on m.wallet_id = d.wallet_id and m.kind = 'INVOICE' and m.period_from <= y.late_at
                    and m.period_to > y.late_at
            """;

    private static final String STANDING = """
                   d.id || ' ' || d.number_text as document, l.position, y.late_at, m.id || ' ' || m.number_text as late_document,
            """;

    /** The person who ordered the service {@code s}, or the add-on {@code o}, according to its server's timeline. */
    private static final String ORDER = """
              left join lateral (
                select e.actor
                  from service_event_v e
                 where e.service_id = coalesce(o.service_id, s.id)
                   and e.event = case when o.id is null then 'ordered'
                                     when o.kind = 'ADDRESS' then 'further_address_ordered'
                                     else lower(o.kind) || '_ordered' end
                   and abs(extract(epoch from e.at - coalesce(o.ordered_at, s.ordered_at))) < 60
                 order by e.facts ->> 'addon' = o.name desc nulls last,
                          abs(extract(epoch from e.at - coalesce(o.ordered_at, s.ordered_at))), e.id
                 limit 1) z on true
            """;

    private static final String ORDERED = """
                   coalesce(o.id, s.id) as thing_id, coalesce(o.kind, 'SERVER') as thing_kind,
                   coalesce(o.service_id, s.id) as server_id, coalesce(o.ordered_at, s.ordered_at) as ordered_at,
                   coalesce(z.actor, '') as ordered_by,
            """;

    /** Parameters: the wallet, the rated period. */
    static final String PERIOD = """
            select ${bought}${standing}${ordered}
                   case when o.id is null then 'SERVICE' else 'ADDON' end as kind,
                   case when o.id is null then 'SERVICE' else 'ADDON' end as of_kind, r.service_id as subject_id,
                   coalesce(l.name, s.name, case when o.kind = 'BACKUP' then h.name else o.name end, '') as name,
                   coalesce(l.what, n.name, o.kind, '') as what, r.starts_at as from_at, r.charged_until as to_at,
                   r.hours::numeric(20, 8) as quantity, r.hourly as unit_price, r.surcharge, r.amount,
                   r.tax_id, t.treatment, t.place, t.rate as tax_rate, t.included as tax_included, t.parts as tax_parts,
                   tax_part(r.amount, r.tax_rate, r.tax_included) as tax, r.wallet_id, r.id as rated_period_id,
                   null::bigint as entry_id, r.currency, r.open, r.month_cap, r.cap, n.id as plan_id, v.version, v.monthly,
                   v.valid_from, v.published_by, v.published_at, v.wholesale_monthly
              from rated_period r
             cross join lateral (select r.starts_at as at) f
              join wallet w on w.id = r.wallet_id
              join price_version v on v.id = r.price_version_id
              left join plan n on n.id = v.plan_id
              left join service_v s on s.id = r.service_id
              left join addon_v o on o.id = r.service_id
              left join service_v h on h.id = o.service_id
              left join applied_tax t on t.id = r.tax_id
              left join invoice_line l on l.rated_period_id = r.id
            ${document}${order}${buyer}
             where r.wallet_id = ? and r.id = ?
            """.replace("${bought}", BOUGHT)
            .replace("${standing}", STANDING)
            .replace("${ordered}", ORDERED)
            .replace("${document}", DOCUMENT)
            .replace("${order}", ORDER)
            .replace("${buyer}", BUYER);

    /**
     * The days on which the hours of a rated period were charged: an hour belongs to the first charge after it, in the order of the journal,
     * that covers its service. The surcharge for an hour in progress when the price rose is a separate entry. A charge for hours of several
     * months has an entry for each, at the same instant.
     *
     * <p>Parameters: the time zone, the rated period.
     */
    static final String DAYS = """
            with charge as (
              select e.id, e.effective_at as at, r.starts_at, r.hours, r.hourly, r.surcharge, r.cap,
                     e.source like 'service:%:changed:%' as is_rise,
                     case when e.source like 'service:%:changed:%' then split_part(e.source, ':', 4)::bigint end as closed,
                     (select max(q.id) from rated_period q where q.service_id = r.service_id and q.id < r.id) as preceding,
                     min(e.id) filter (where e.source = 'service:' || r.service_id || ':activated') over () as first_id,
                     ?::text as zone
                from rated_period r
                join posting p on p.account_id = r.wallet_id
                join journal_entry e on e.id = p.entry_id
               where r.id = ?
                 and e.kind = 'CHARGE'
                 and (e.source not like 'service:%' or split_part(e.source, ':', 2)::uuid = r.service_id)
            ),
            reached as (
              select c.*, least(c.hours, started_hours(c.starts_at, c.at)) as reached,
                     coalesce(max(least(c.hours, started_hours(c.starts_at, c.at)))
                       over (order by c.id rows between unbounded preceding and 1 preceding), 0) as before
                from charge c
               where not c.is_rise and c.at > c.starts_at and c.id >= coalesce(c.first_id, 0)
            ),
            taken as (
              select c.at, c.zone, c.reached - c.before as hours,
                     least(c.cap, c.surcharge + c.reached * c.hourly) - least(c.cap, c.surcharge + c.before * c.hourly) as amount
                from reached c
               where c.reached > c.before
              union all
              select c.at, c.zone, 0, least(c.cap, c.surcharge)
                from charge c
               where c.closed = c.preceding and c.surcharge > 0
            )
            select ((t.at - interval '1 microsecond') at time zone t.zone)::date as day, sum(t.hours)::int as hours,
                   count(*)::int as entries, sum(t.amount) as amount
              from taken t
             group by 1
             order by 1
            """;

    /** Parameters: the wallet, the entry. */
    static final String ENTRY = """
            select ${bought}${standing}${ordered}
                   coalesce(i.kind, u.kind) as kind, coalesce(c.kind, i.kind, u.kind) as of_kind,
                   coalesce(i.service_id, u.service_id) as subject_id, coalesce(l.name, s.name, o.name, '') as name,
                   coalesce(l.what, i.reason, u.reason) as what, f.at as from_at, coalesce(l.to_at, e.effective_at) as to_at,
                   1::numeric(20, 8) as quantity, coalesce(i.amount, u.amount) as unit_price, 0::numeric as surcharge,
                   coalesce(i.amount, u.amount) as amount, t.id as tax_id, t.treatment, t.place, t.rate as tax_rate,
                   t.included as tax_included, t.parts as tax_parts, coalesce(i.tax, u.tax) as tax, p.account_id as wallet_id,
                   null::bigint as rated_period_id, e.id as entry_id, p.currency, e.effective_at, e.actor,
                   coalesce(e.reason, '') as reason,
                   k.bill_id, k.pack_id, k.finding_id, k.addon_discrepancy_id,
                   a.from_at as bill_from, a.to_at as bill_to, x.used_bytes, x.included_bytes, x.over_bytes, x.prepaid_bytes, tp.per_gib,
                   tk.bytes as pack_bytes, tk.bought_by, tk.expires_at, coalesce(fi.since, fo.since) as missing_since,
                   ds.nth, ds.shortfall, cd.id || ' ' || cd.number_text as corrected, c.position as corrected_position,
                   c.rated_period_id as corrected_period, ci.entry_id as corrected_entry
              from posting p
              join journal_entry e on e.id = p.entry_id
              join wallet w on w.id = p.account_id
             cross join lateral (
               select case when e.source ~ '^transfer:[0-9a-f-]{36}:[0-9a-f-]{36}$' then split_part(e.source, ':', 3)::uuid end as bill_id,
                      case when e.source ~ '^transfer-pack:[0-9a-f-]{36}$' then split_part(e.source, ':', 2)::uuid end as pack_id,
                      case when e.source ~ '^discrepancy:[0-9a-f-]{36}$' then split_part(e.source, ':', 2)::uuid end as finding_id,
                      case when e.source ~ '^addon-discrepancy:[0-9a-f-]{36}$'
                           then split_part(e.source, ':', 2)::uuid end as addon_discrepancy_id) k
              left join invoice_item i on i.entry_id = e.id and i.wallet_id = p.account_id
              left join unbilled_items() u on u.entry_id = e.id and u.wallet_id = p.account_id
              left join applied_tax t on t.id = coalesce(i.tax_id, u.tax_id)
              left join invoice_line l on l.item_id = i.id
             cross join lateral (select coalesce(l.from_at, e.effective_at) as at) f
            ${document}
              left join invoice cd on cd.id = d.corrects_id
              left join invoice_line c on c.invoice_id = d.corrects_id and c.position = l.corrects_position
              left join invoice_item ci on ci.id = c.item_id
              left join service_v s on s.id = coalesce(i.service_id, u.service_id)
              left join addon_v o on o.id = coalesce(i.service_id, u.service_id)
            ${order}${buyer}
              left join transfer_bill_v a on a.id = k.bill_id
              left join transfer_bill_line_v x on x.bill_id = a.id and x.service_id = coalesce(i.service_id, u.service_id)
              left join transfer_price_v tp on tp.id = a.price_id
              left join transfer_pack_v tk on tk.id = k.pack_id
              left join server_discrepancy_v fi on fi.id = k.finding_id
              left join addon_discrepancy_v fo on fo.id = k.addon_discrepancy_id
              left join late_fee_v ds on ds.fee_entry_id = e.id
             where p.account_id = ?
               and p.entry_id = ?
               and (i.id is not null or u.entry_id is not null)
            """.replace("${bought}", BOUGHT)
            .replace("${standing}", STANDING)
            .replace("${ordered}", ORDERED)
            .replace("${document}", DOCUMENT)
            .replace("${order}", ORDER)
            .replace("${buyer}", BUYER);

    private LineBreakdownSql() {}
}
