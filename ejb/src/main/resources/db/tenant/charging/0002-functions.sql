--liquibase formatted sql

--changeset charging:0002
alter table rated_period add column added integer not null default 0;
alter table rated_period add constraint rated_period_added_ck check (added between 0 and hours);
comment on column rated_period.added is 'hours that the latest charge added; tells it how much that was, without a look at the row as it was before';
--rollback alter table rated_period drop column added;

--changeset charging:0003 runOnChange:true splitStatements:false
--comment Charging as functions of the database: their plans are made once a connection and schema, whatever the driver forgets.

-- Every wallet they touch is locked by the transaction beforehand, so a row that was found is where it was found (ctid), and is
-- updated there without a second search. Nothing lets the planner choose from stale statistics: it must never read a whole table
-- for a batch, nor compile a statement for longer than it runs, so only index look-ups are left to it, planned once.
--
-- Hours are counted in double precision, which is several times faster than numeric and exact here: a whole number of hours is
-- divided without remainder, and a microsecond more is 3e-10 of an hour, far above the error of 100 years of hours. Money is never
-- anything but numeric.

-- How many hours, counted from the first instant, start before the second. Becomes part of the statement that calls it.
create or replace function started_hours(from_at timestamptz, to_at timestamptz) returns integer
language sql immutable
as $$
    select case when to_at - from_at <= interval '0' then 0
                when to_at - from_at <= interval '1 hour' then 1
                else ceil(date_part('epoch', to_at - from_at) / 3600)::integer end
$$;

-- When the calendar month of an instant ends. Where clocks go back over midnight, the first of a month begins twice, and the first
-- time counts: the database means the second, so the midnight is also asked for by the time of the day before.
create or replace function month_end(instant timestamptz, zone text) returns timestamptz
language sql immutable
as $$
    select case when e.early at time zone zone = m.midnight then least(e.early, m.late) else m.late end
      from (select n.midnight, n.midnight at time zone zone as late
              from (select date_trunc('month', instant at time zone zone) + interval '1 month' as midnight) n) m
     cross join lateral (
       select (m.midnight - ((m.late - interval '1 day') at time zone zone - (m.late - interval '1 day') at time zone 'UTC'))
              at time zone 'UTC' as early) e
$$;

-- Takes amounts from wallets for services: one journal entry, a posting for each wallet, the counter-posting to revenue and, for what
-- of them is tax, to what is owed to states, the balances, and with watch a word for each threshold that a wallet crossed.
drop function if exists move_charges(uuid[], numeric[], boolean, text, text, timestamptz, text, timestamptz);
create or replace function move_charges(
    which uuid[], charges numeric[], watch boolean, entry_source text, entry_key text, effective timestamptz,
    actor_name text, happened timestamptz, tax_taken numeric default 0) returns void
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
    with standing as (
      select s.charged,
             w.ctid as place,
             w.id,
             w.alert,
             b.balance,
             w.burn_per_hour as burn,
             -- how it stands after the charge: 0 fine, 1 low, 2 empty, 3 beyond the credit limit
             case when not watch then w.alert
                  when b.balance < -w.credit_limit then 3
                  when b.balance < 0 or b.balance = 0 and w.burn_per_hour > 0 then 2
                  when b.balance < w.burn_per_hour * y.low_hours then 1
                  else 0 end as level
        from unnest(which, charges) as s (wallet_id, charged)
        join wallet w on w.id = s.wallet_id
       cross join lateral (select w.balance - s.charged as balance) b
       cross join (select max(low_hours) as low_hours from wallet_policy) y
    ),
    moved as (
      update wallet w
         set balance = s.balance,
             version = w.version + case when s.charged = 0 then 0 else 1 end,
             alert = s.level
        from standing s
       where w.ctid = s.place
      returning w.id, w.currency, w.balance, s.charged
    ),
    entry as (
      insert into journal_entry (kind, source, idempotency_key, effective_at, posted_at, actor)
      select 'CHARGE', entry_source, entry_key, effective, happened, actor_name
       where exists (select from moved where charged <> 0)
      returning id
    ),
    posted as (
      insert into posting (entry_id, account_id, currency, amount, balance_after)
      select e.id, m.id, m.currency, -m.charged, m.balance
        from entry e
       cross join moved m
       where m.charged <> 0
      union all
      select e.id, a.id, a.currency, t.charged - tax_taken, null
        from entry e
       cross join (select currency, sum(charged) as charged from moved group by currency) t
        join ledger_account a on a.kind = 'REVENUE' and a.currency = t.currency
       where t.charged <> tax_taken
      union all
      select e.id, a.id, a.currency, tax_taken, null
        from entry e
       cross join (select max(currency) as currency from moved) t
        join ledger_account a on a.kind = 'TAX' and a.currency = t.currency
       where tax_taken <> 0
    )
    insert into wallet_event (wallet_id, kind, balance, burn_per_hour, at)
    select s.id, (array['LOW', 'EMPTY', 'OVER_LIMIT'])[v.l], s.balance, s.burn, happened
      from standing s
     cross join generate_series(s.alert + 1, s.level) v (l)
     where s.level > s.alert
     order by s.id, v.l;
end $$;

-- Charges the running services of wallets, or one service, for every hour that started before an instant and is not charged yet;
-- where a month ends on the way, closes its period and opens the next month's.
create or replace function charge_due(
    which uuid[], one_service uuid, watch boolean, until timestamptz, month_zone text, entry_source text, entry_key text,
    actor_name text, happened timestamptz,
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
    if exists (select from tax_ending) then
        for exemption in
            select w.id as wallet_id, e.organization_id, e.until_at
              from tax_ending e
              join wallet w on w.organization_id = e.organization_id and w.closed_at is null
             where e.until_at < until
               and (w.id = any (which)
                    or w.id = (select p.wallet_id from rated_period p where p.service_id = one_service and p.open))
             order by w.id
        loop
            delete from tax_ending e where e.organization_id = exemption.organization_id;
            select * into before
              from charge_due(array[exemption.wallet_id], null, watch, exemption.until_at, month_zone, entry_source,
                              entry_key || ':until:' || exemption.wallet_id || ':' || exemption.until_at, actor_name, happened);
            services := services + before.services;
            hours := hours + before.hours;
            amount := amount + before.amount;
            perform retax_wallet(exemption.wallet_id, exemption.until_at, month_zone);
            perform look_at_pace(array[exemption.wallet_id]);
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
                             until, actor_name, happened, step_tax);
        wallets := greatest(wallets, cardinality(touched));
        services := greatest(services, step_services);
        hours := hours + step_hours;
        amount := amount + (select sum(c) from unnest(charges) c);
        exit when not rolls;

        taxed := exists (select from tax_registration);
        of_categories := taxed and exists (select from plan_tax);
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
              from tax_of(e.wallet_id,
                          case when of_categories then sold_as(v.plan_id, e.service_id, e.charged_until) else 'STANDARD' end,
                          e.charged_until, month_zone) d
             where taxed) t on true;
        if taxed then
            perform look_at_pace(touched);
        end if;
        months := months + 1;
    end loop;
end $$;

-- Locks the next wallets of a range that have something running, in id order, and charges them, but for parked ones. Wallets
-- are found by their open periods, so that those with nothing running cost nothing, however many there are. Where some of them are in
-- other currencies than others, each currency is an entry of its own; the amount is what was taken in the reseller's own.
create or replace function charge_wallets(
    after_wallet uuid, to_wallet uuid, batch integer, until timestamptz, month_zone text, entry_source text, actor_name text,
    happened timestamptz,
    out last_wallet uuid, out is_last boolean, out wallets integer, out services integer, out hours bigint,
    out amount numeric)
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
    found_wallets uuid[];
    chargeable uuid[];
    currencies text[];
    one_currency text;
    step record;
begin
    select array_agg(l.id), array_agg(l.id) filter (where l.parked is null), array_agg(distinct l.currency::text)
      into found_wallets, chargeable, currencies
      from (
        select w.id, w.parked, w.currency
          from (
            select distinct p.wallet_id
              from rated_period p
             where p.wallet_id > after_wallet and p.wallet_id <= to_wallet and p.open
             order by p.wallet_id
             limit batch + 1) n
          join wallet w on w.id = n.wallet_id
         order by n.wallet_id
           for no key update of w) l;
    is_last := coalesce(cardinality(found_wallets), 0) <= batch;
    if not is_last then
        chargeable := array_remove(chargeable, found_wallets[batch + 1]);
    end if;
    last_wallet := found_wallets[least(batch, cardinality(found_wallets))];
    wallets := 0;
    services := 0;
    hours := 0;
    amount := 0;
    foreach one_currency in array coalesce(currencies, array['-']) loop
        select d.wallets, d.services, d.hours, d.amount
          into step
          from charge_due(case when cardinality(currencies) > 1
                               then (select array_agg(w.id) from wallet w where w.id = any (chargeable) and w.currency = one_currency)
                               else chargeable end,
                          null, true, until, month_zone, entry_source,
                          entry_source || ':' || coalesce(found_wallets[1]::text, '-') || ':' || until
                          || case when cardinality(currencies) > 1 then ':' || one_currency else '' end,
                          actor_name, happened) d;
        wallets := wallets + step.wallets;
        services := services + step.services;
        hours := hours + step.hours;
        if step.amount <> 0 and not exists (select from sales_currency c where c.code = one_currency) then
            amount := amount + step.amount;
        end if;
    end loop;
end $$;
--rollback drop function charge_wallets; drop function charge_due; drop function move_charges; drop function month_end; drop function started_hours;
