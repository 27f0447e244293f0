--liquibase formatted sql

--changeset invoicing:unverified_taxed_charges runOnChange:true splitStatements:false
-- Charges of an organization that were taxed only because its VAT number was not confirmed yet: from when its current number was stated, without
-- another in between, to when it became a business by it; hours count by the start of the last one, other charges by their time. The number is of the
-- organization's country at that time, which is not the reseller's, so that reverse charge applied (io.tenantry.billing.tax.TaxDetermination). Empty
-- if VIES rejected the number before confirming it. Documents older than three years are excluded, as OSS accepts no correction of them.
--
-- Arguments: which: the organization
--            month_begins: begin of the current month; charges of earlier months on no document wait for their document
--            instant: now
-- Returns: a row for each line of a document (LINE: its remainder after corrections), rated period (HOURS) or other charge (ITEM); amounts in the
--            wallet's currency; waits: it is corrected once its document exists; proven: VIES confirmed the number
-- Called by: invoicing.UnverifiedCharges
create or replace function unverified_taxed_charges(which uuid, month_begins timestamptz, instant timestamptz)
returns table (source text, wallet_id uuid, invoice_id uuid, place integer, source_id bigint, subject_id uuid, amount numeric,
               tax numeric, net numeric, tax_id bigint, rate numeric, included boolean, country text, waits boolean, proven boolean)
language sql stable
as $$
    with stated as (
      select b.vat_number as number,
             case left(b.vat_number, 2) when 'EL' then 'GR' else left(b.vat_number, 2) end as country,
             coalesce((select max(o.id) from invoice_buyer o
                        where o.organization_id = which and o.vat_number <> b.vat_number), 0) as after
        from invoice_buyer b
       where b.organization_id = which
       order by b.id desc
       limit 1
    ),
    since as (
      select s.*, (select min(b.recorded_at) from invoice_buyer b where b.organization_id = which and b.id > s.after) as at
        from stated s
       where s.number <> ''
         and (is_eu_country(s.country) or s.country in ('GB', 'NO'))
         and s.country is distinct from (select tax_area(x.country, null, null) from invoice_seller x order by x.id desc limit 1)
    ),
    confirmed as (
      select s.*,
             (select min(t.from_at) from tax_status t
               where t.organization_id = which and t.status = 'BUSINESS' and t.from_at >= s.at) as until
        from since s
       where (select t.status from tax_status t where t.organization_id = which order by t.id desc limit 1) = 'BUSINESS'
    ),
    doubt as (
      select c.*,
             exists (select from vat_check k
                      where k.organization_id = which and k.number = c.number and k.buyer_id > c.after and tax_area(k.country, null, null) = c.country
                        and k.verdict = 'VALID' and k.requested_at <= c.until) as proven
        from confirmed c
       where not exists (select from vat_check k
                          where k.organization_id = which and k.number = c.number and k.buyer_id > c.after
                            and k.verdict = 'INVALID' and k.requested_at <= c.until)
    ),
    things as (
      select 'LINE' as source, v.wallet_id, v.id as invoice_id, l.position as place, null::bigint as source_id, l.subject_id,
             r.amount, tax_part(r.amount, t.rate, t.included) as tax, t.id as tax_id, t.rate, t.included,
             greatest(l.from_at, l.to_at - interval '1 hour') as at, false as waits
        from doubt c
        join invoice v on v.organization_id = which and v.kind = 'INVOICE' and v.state <> 'VOID' and v.issued_at >= c.at
             and v.period_to > instant - interval '3 years' and tax_area(v.buyer_country, null, null) = c.country
        join invoice_line l on l.invoice_id = v.id
        join applied_tax t on t.id = l.tax_id and t.treatment = 'TAXED'
       cross join lateral (
         select l.amount + coalesce(sum(e.amount), 0) as amount
           from invoice n
           join invoice_line e on e.invoice_id = n.id and e.corrects_position = l.position and e.tax_id = l.tax_id
          where n.corrects_id = v.id) r
       where r.amount <> 0
         and l.kind not in ('UNTAXED', 'TAX_CORRECTED')
         and not exists (select from tax_corrected_charge x where x.rated_period_id = l.rated_period_id)
         and not exists (select from tax_corrected_charge x
                           join invoice_item i on i.entry_id = x.entry_id
                          where i.id = l.item_id)
      union all
      select 'HOURS', w.id, null, null, p.id, p.service_id, p.amount, tax_part(p.amount, t.rate, t.included), t.id, t.rate, t.included,
             greatest(p.starts_at, p.charged_until - interval '1 hour'), p.month_ends_at < month_bound(month_begins)
        from doubt c
        join wallet w on w.organization_id = which
        join rated_period p on p.wallet_id = w.id and not p.open and p.month_ends_at > c.at and p.amount <> 0
        join applied_tax t on t.id = p.tax_id and t.treatment = 'TAXED'
       where p.month_ends_at >= (select month_bound(coalesce(y.first_at, '-infinity')) from invoice_policy y)
         and not exists (select from invoice_line l where l.rated_period_id = p.id)
         and not exists (select from tax_corrected_charge x where x.rated_period_id = p.id)
      union all
      select 'ITEM', w.id, null, null, e.id, null, x.amount, x.tax, t.id, t.rate, t.included, e.effective_at,
             e.effective_at < month_begins
        from doubt c
        join journal_entry e on e.effective_at >= c.at and e.effective_at < c.until and e.kind <> 'CHARGE' and e.source <> 'manual'
             and e.source not like 'tax-correction:%'
        join entry_tax x on x.entry_id = e.id and x.amount <> 0
        join applied_tax t on t.id = x.tax_id and t.treatment = 'TAXED'
        join posting p on p.entry_id = e.id
        join wallet w on w.id = p.account_id and w.organization_id = which
       where e.effective_at >= (select coalesce(y.first_at, '-infinity') from invoice_policy y)
         and not exists (select from invoice_item i
                           join invoice_line l on l.item_id = i.id
                          where i.entry_id = e.id and i.wallet_id = w.id)
         and not exists (select from tax_corrected_charge y where y.entry_id = e.id)
    )
    select h.source, h.wallet_id, h.invoice_id, coalesce(h.place, 0), coalesce(h.source_id, 0), h.subject_id, h.amount, h.tax,
           case when h.included then h.amount - h.tax else h.amount end, h.tax_id, h.rate, h.included, c.country, h.waits, c.proven
      from things h
      join doubt c on h.at < c.until
     cross join lateral (
       select b.id, b.country
         from invoice_buyer b
        where b.organization_id = which and b.recorded_at <= h.at
        order by b.id desc
        limit 1) b
     where b.id > c.after and tax_area(b.country, null, null) = c.country and h.tax <> 0
$$;
