--liquibase formatted sql

--changeset invoicing:due_lines runOnChange:true splitStatements:false
-- The lines of wallets' next documents: charges of months that end by an instant and are on no document yet. Charges before the first month of
-- documents are on none. "offset 0" keeps the condition on the month out of the search for open periods, so that PostgreSQL searches by wallet only.
--
-- Arguments: which: wallets
--            until: end of the month
-- Returns: a row for each rated period or item: quantity in hours or pieces, amounts by the price in the wallet's currency; amount is less than
--            quantity times unit_price and surcharge where the monthly cap applies; tax: in or on top of the amount, by tax_included
-- Called by: function issue_invoices, function next_lines
create or replace function due_lines(which uuid[], until timestamptz)
returns table (wallet_id uuid, kind text, subject_id uuid, name text, what text, from_at timestamptz, to_at timestamptz,
               quantity numeric, unit text, unit_price numeric, surcharge numeric, amount numeric, rated_period_id bigint,
               item_id bigint, tax_id bigint, tax_rate numeric, tax_included boolean, tax numeric)
language sql stable
as $$
    select p.wallet_id, case when o.id is null then 'SERVICE' else 'ADDON' end::text, p.service_id,
           coalesce(s.name, case when o.kind = 'BACKUP' then h.name else o.name end, ''),
           coalesce(n.name, o.kind, ''),
           p.starts_at, p.charged_until, p.hours::numeric(20, 8), 'HOUR'::text, p.hourly, p.surcharge, p.amount, p.id, null::bigint,
           p.tax_id, p.tax_rate, p.tax_included, tax_part(p.amount, p.tax_rate, p.tax_included)
      from unnest(which) as c (id)
     cross join lateral (
       select r.*
         from (select o.* from rated_period o where o.wallet_id = c.id and o.open offset 0) r
        where r.month_ends_at < month_bound(until)
        union all
       select r.* from rated_period r where r.wallet_id = c.id and not r.open and r.month_ends_at < month_bound(until)) p
      join price_version v on v.id = p.price_version_id
      left join plan n on n.id = v.plan_id
      left join service_v s on s.id = p.service_id
      left join addon_v o on o.id = p.service_id
      left join service_v h on h.id = o.service_id
     where p.amount > 0
       and p.month_ends_at >= (select month_bound(coalesce(y.first_at, '-infinity')) from invoice_policy y)
       and not exists (select from invoice_line l where l.rated_period_id = p.id)
    union all
    select i.wallet_id, i.kind, i.service_id, coalesce(s.name, ''), i.reason,
           i.effective_at, i.effective_at, 1::numeric(20, 8), 'ITEM'::text, i.amount, 0::numeric, i.amount, null::bigint, i.id,
           i.tax_id, i.tax_rate, i.tax_included, i.tax
      from unnest(which) as c (id)
      join invoice_item i on i.wallet_id = c.id and i.effective_at < until
      left join service_v s on s.id = i.service_id
     where i.effective_at >= (select coalesce(y.first_at, '-infinity') from invoice_policy y)
       and not exists (select from invoice_line l where l.item_id = i.id)
$$;
