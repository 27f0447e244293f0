--liquibase formatted sql

--changeset settlement:collect_wholesale runOnChange:true splitStatements:false
-- Computes a month for its settlement with the platform, once: the result names the run that did so, which tells another run that it did not. Sales
-- in a further currency are converted at the month's rate to eight decimals; without a rate it is an error (settled_period.revenue is not null).
--
-- Arguments: which_month: first day of the month that is settled
--            which_run: the requesting run
--            since, until: periods that end within are settled; since exclusive, until inclusive
--            month_zone: the reseller's time zone
--            home: currency of the books
--            occurred_at: time of the settlement
-- Returns: the run that settled the month
-- Called by: settlement.WholesaleUsage
create or replace function collect_wholesale(
    which_month date, which_run uuid, since timestamptz, until timestamptz, month_zone text, home text, occurred_at timestamptz) returns uuid
language plpgsql
as $$
begin
    insert into wholesale_month (month, run_id, since, period_to, taken_at)
    values (which_month, which_run, since, until, occurred_at)
    on conflict (month) do nothing;
    if found then
        perform collect_invoice_items(until, occurred_at);
        with due as materialized (
          select d.* from due_wholesale_segments(since, until, month_zone, home) d
        ),
        taken as (
          insert into settled_period (rated_period_id, month, of_month, provider, wholesale, revenue)
          select p.id, which_month,
                 date_trunc('month', (p.month_ends_at - interval '12 hours') at time zone month_zone)::date,
                 coalesce(s.provider, h.provider, ''),
                 d.wholesale,
                 case when c.code is null then n.net else round(n.net / r.per_base_currency, 8) end
            from (select rated_period_id, sum(wholesale) as wholesale from due group by 1) d
            join rated_period p on p.id = d.rated_period_id
           cross join lateral (select case when p.tax_included then p.amount - tax_part(p.amount, p.tax_rate, true)
                                           else p.amount end as net) n
            left join service_v s on s.id = p.service_id
            left join addon_v o on o.id = p.service_id
            left join service_v h on h.id = o.service_id
            left join sales_currency c on c.code = p.currency
            left join settled_rate r on r.month = which_month and r.currency = p.currency
          returning rated_period_id
        )
        insert into settled_price (rated_period_id, segment, starts_at, hours, origin, version_id, kind, account_id, provider, code, region,
                                   monthly, wholesale)
        select d.rated_period_id, d.segment, d.starts_at, d.hours, d.origin, d.version_id, d.kind, d.account_id, d.provider, d.code, d.region,
               d.monthly, d.wholesale
          from due d
          join taken t on t.rated_period_id = d.rated_period_id;
        insert into settled_item (item_id, month, of_month, revenue)
        select i.id, which_month, date_trunc('month', i.effective_at at time zone month_zone)::date,
               case when c.code is null then n.net else round(n.net / r.per_base_currency, 8) end
          from invoice_item i
         cross join lateral (select case when i.tax_included then i.amount - i.tax else i.amount end as net) n
          left join sales_currency c on c.code = i.currency
          left join settled_rate r on r.month = which_month and r.currency = i.currency
         where i.effective_at >= collect_wholesale.since
           and i.effective_at < until
           and not exists (select from settled_item s where s.item_id = i.id);
    end if;
    return (select m.run_id from wholesale_month m where m.month = which_month);
end $$;
