--liquibase formatted sql

--changeset charging:charge_due runOnChange:true splitStatements:false
-- Charges the running services of wallets, or one service, for every hour that started before an instant and is not charged yet. At a month end on
-- the way, closes the period and opens the next month's; where a tax exemption ends, charges up to its end and taxes what follows. Due hours follow
-- from rated_period alone, so a repetition charges nothing. The wallets are locked by the caller. Its plan is created once per connection and schema,
-- regardless of the driver's statement cache. Planner choices must not depend on stale statistics: it must never read a whole table for a batch, nor
-- compile a statement for longer than it runs, so only index look-ups are enabled.
--
-- Arguments: which: wallets of one currency, or null
--            one_service: a service, if which is null
--            watch: whether thresholds are checked
--            until: hours that start before it are charged
--            month_zone: the reseller's time zone
--            entry_source, entry_key: source and idempotency key of the journal entries; further entries have a suffix
--            actor_name, occurred_at: as of move_charges
-- Returns: wallets, services, hours: number charged
--          amount: charged amount, in the wallets' currency, including tax on top
-- Called by: charging.ChargingSql, function charge_wallets
create or replace function charge_due(
    which uuid[], one_service uuid, watch boolean, until timestamptz, month_zone text, entry_source text, entry_key text,
    actor_name text, occurred_at timestamptz,
    out wallets integer, out services integer, out hours bigint, out amount numeric)
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
    touched uuid[];
    charges numeric[];
    step_tax numeric;
    step_services integer;
    step_hours bigint;
    rolls boolean;
    taxed boolean;
    of_categories boolean;
    months integer := 0;
    exemption record;
    before record;
begin
    wallets := 0;
    services := 0;
    hours := 0;
    amount := 0;

    -- An exemption ends before that: all of its wallet is charged up to the end, and what follows bears tax.
    if exists (select from exemption_expiry_v) then
        for exemption in
            select w.id as wallet_id, e.organization_id, e.until_at
              from exemption_expiry_v e
              join wallet w on w.organization_id = e.organization_id and w.closed_at is null
             where e.until_at < until
               and (w.id = any (which)
                    or w.id = (select p.wallet_id from rated_period p where p.service_id = one_service and p.open))
             order by w.id
        loop
            perform end_exemption(exemption.organization_id);
            select * into before
              from charge_due(array[exemption.wallet_id], null, watch, exemption.until_at, month_zone, entry_source,
                              entry_key || ':until:' || exemption.wallet_id || ':' || exemption.until_at, actor_name, occurred_at);
            services := services + before.services;
            hours := hours + before.hours;
            amount := amount + before.amount;
            perform reprice_tax(exemption.wallet_id, exemption.until_at, month_zone);
            perform update_hourly_cost(array[exemption.wallet_id]);
        end loop;
    end if;

    loop
        with extended as (
          update rated_period p
             set added = started_hours(p.charged_until, least(until, p.month_ends_at)),
                 hours = p.hours + started_hours(p.charged_until, least(until, p.month_ends_at)),
                 charged_until = p.charged_until + interval '1 hour' * started_hours(p.charged_until, least(until, p.month_ends_at)),
                 amount = least(
                   p.cap, p.surcharge + (p.hours + started_hours(p.charged_until, least(until, p.month_ends_at))) * p.hourly)
           where (p.wallet_id = any (which) or p.service_id = one_service) and p.open and p.charged_until < until
          returning p.wallet_id, p.added, p.amount - least(p.cap, p.surcharge + (p.hours - p.added) * p.hourly) as charged,
                    case when p.tax_rate <> 0
                         then tax_part(p.amount, p.tax_rate, p.tax_included)
                              - tax_part(least(p.cap, p.surcharge + (p.hours - p.added) * p.hourly), p.tax_rate, p.tax_included)
                         end as tax,
                    p.tax_included,
                    p.charged_until < until as rolls
        ),
        sums as (
          select wallet_id, sum(charged) as charged, sum(e.tax) as tax, sum(e.tax) filter (where not e.tax_included) as upon,
                 count(*) as services, sum(added) as hours, bool_or(e.rolls) as rolls
            from extended e
           group by wallet_id
        )
        select array_agg(s.wallet_id), array_agg(case when s.upon is null then s.charged else s.charged + s.upon end),
               coalesce(sum(s.tax), 0), sum(s.services), sum(s.hours), bool_or(s.rolls)
          into touched, charges, step_tax, step_services, step_hours, rolls
          from sums s;

        exit when touched is null;
        perform move_charges(touched, charges, watch, entry_source,
                             entry_key || case when months > 0 then ':' || months else '' end,
                             until, actor_name, occurred_at, step_tax);
        wallets := greatest(wallets, cardinality(touched));
        services := greatest(services, step_services);
        hours := hours + step_hours;
        amount := amount + (select sum(c) from unnest(charges) c);
        exit when not rolls;

        taxed := exists (select from tax_registration_v);
        of_categories := taxed and exists (select from plan_tax_v);
        with ended as (
          update rated_period p
             set open = false
           where (p.wallet_id = any (which) or p.service_id = one_service)
             and p.open
             and p.charged_until >= p.month_ends_at
             and p.charged_until < until
          returning p.service_id, p.wallet_id, p.price_version_id, p.currency, p.hourly, p.charged_until
        )
        insert into rated_period (service_id, wallet_id, price_version_id, currency, hourly, starts_at,
                                  month_ends_at, charged_until, month_cap, cap, tax_id, tax_rate, tax_included)
        select e.service_id, e.wallet_id, e.price_version_id, e.currency, e.hourly, e.charged_until,
               month_end(e.charged_until, month_zone), e.charged_until, v.monthly, v.monthly,
               t.id, coalesce(t.rate, 0), coalesce(t.included, false)
          from ended e
          join price_version v on v.id = e.price_version_id
          left join lateral (
            select d.id, d.rate, d.included
              from applicable_tax(e.wallet_id,
                          case when of_categories then tax_category_of(v.plan_id, e.service_id, e.charged_until) else 'STANDARD' end,
                          e.charged_until, month_zone) d
             where taxed) t on true;
        if taxed then
            perform update_hourly_cost(touched);
        end if;
        months := months + 1;
    end loop;
end $$;
