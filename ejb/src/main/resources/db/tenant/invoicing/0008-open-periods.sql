--liquibase formatted sql

--changeset invoicing:0012 splitStatements:false
--comment A wallet's open periods are looked for by wallet alone: together with the month PostgreSQL also read, for each wallet, what the index by month has of all wallets.

-- What wallets have in months that end by an instant, and in no document yet: the lines of the next one, as it would be now. What was
-- before the first month of documents is on none. By "offset 0" what a month is asked for does not get into the look for what is open.
create or replace function due_lines(which uuid[], until timestamptz)
returns table (wallet_id uuid, kind text, subject_id uuid, name text, what text, from_at timestamptz, to_at timestamptz,
               quantity numeric, unit text, unit_price numeric, surcharge numeric, amount numeric, rated_period_id bigint,
               item_id bigint, tax_id bigint, tax_rate numeric, tax_included boolean, tax numeric)
language sql stable
as $$
    select p.wallet_id, case when o.id is null then 'SERVICE' else 'OPTION' end::text, p.service_id,
           coalesce(s.name, case when o.kind = 'BACKUP' then h.name else o.name end, ''),
           coalesce(n.name, o.kind, ''),
           p.starts_at, p.charged_until, p.hours::numeric(20, 8), 'HOUR'::text, p.hourly, p.surcharge, p.amount, p.id, null::bigint,
           p.tax_id, p.tax_rate, p.tax_included, tax_part(p.amount, p.tax_rate, p.tax_included)
      from unnest(which) as c (id)
     cross join lateral (
       select r.*
         from (select o.* from rated_period o where o.wallet_id = c.id and o.open offset 0) r
        where r.month_ends_at <= until
        union all
       select r.* from rated_period r where r.wallet_id = c.id and not r.open and r.month_ends_at <= until) p
      join price_version v on v.id = p.price_version_id
      left join plan n on n.id = v.plan_id
      left join service s on s.id = p.service_id
      left join service_option o on o.id = p.service_id
      left join service h on h.id = o.service_id
     where p.amount > 0
       and p.month_ends_at > (select coalesce(y.first_at, '-infinity') from invoice_policy y)
       and not exists (select from invoice_line l where l.rated_period_id = p.id)
    union all
    select i.wallet_id, i.kind, i.service_id, coalesce(s.name, ''), i.reason,
           i.effective_at, i.effective_at, 1::numeric(20, 8), 'ITEM'::text, i.amount, 0::numeric, i.amount, null::bigint, i.id,
           i.tax_id, i.tax_rate, i.tax_included, i.tax
      from unnest(which) as c (id)
      join invoice_item i on i.wallet_id = c.id and i.effective_at < until
      left join service s on s.id = i.service_id
     where i.effective_at >= (select coalesce(y.first_at, '-infinity') from invoice_policy y)
       and not exists (select from invoice_line l where l.item_id = i.id)
$$;
--rollback create or replace function due_lines(which uuid[], until timestamptz)
--rollback returns table (wallet_id uuid, kind text, subject_id uuid, name text, what text, from_at timestamptz, to_at timestamptz,
--rollback                quantity numeric, unit text, unit_price numeric, surcharge numeric, amount numeric, rated_period_id bigint,
--rollback                item_id bigint, tax_id bigint, tax_rate numeric, tax_included boolean, tax numeric)
--rollback language sql stable
--rollback as $$
--rollback     select p.wallet_id, case when o.id is null then 'SERVICE' else 'OPTION' end::text, p.service_id,
--rollback            coalesce(s.name, case when o.kind = 'BACKUP' then h.name else o.name end, ''),
--rollback            coalesce(n.name, o.kind, ''),
--rollback            p.starts_at, p.charged_until, p.hours::numeric(20, 8), 'HOUR'::text, p.hourly, p.surcharge, p.amount, p.id, null::bigint,
--rollback            p.tax_id, p.tax_rate, p.tax_included, tax_part(p.amount, p.tax_rate, p.tax_included)
--rollback       from unnest(which) as c (id)
--rollback      cross join lateral (
--rollback        select r.* from rated_period r where r.wallet_id = c.id and r.open and r.month_ends_at <= until
--rollback         union all
--rollback        select r.* from rated_period r where r.wallet_id = c.id and not r.open and r.month_ends_at <= until) p
--rollback       join price_version v on v.id = p.price_version_id
--rollback       left join plan n on n.id = v.plan_id
--rollback       left join service s on s.id = p.service_id
--rollback       left join service_option o on o.id = p.service_id
--rollback       left join service h on h.id = o.service_id
--rollback      where p.amount > 0
--rollback        and p.month_ends_at > (select coalesce(y.first_at, '-infinity') from invoice_policy y)
--rollback        and not exists (select from invoice_line l where l.rated_period_id = p.id)
--rollback     union all
--rollback     select i.wallet_id, i.kind, i.service_id, coalesce(s.name, ''), i.reason,
--rollback            i.effective_at, i.effective_at, 1::numeric(20, 8), 'ITEM'::text, i.amount, 0::numeric, i.amount, null::bigint, i.id,
--rollback            i.tax_id, i.tax_rate, i.tax_included, i.tax
--rollback       from unnest(which) as c (id)
--rollback       join invoice_item i on i.wallet_id = c.id and i.effective_at < until
--rollback       left join service s on s.id = i.service_id
--rollback      where i.effective_at >= (select coalesce(y.first_at, '-infinity') from invoice_policy y)
--rollback        and not exists (select from invoice_line l where l.item_id = i.id)
--rollback $$;
