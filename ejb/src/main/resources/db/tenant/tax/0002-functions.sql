--liquibase formatted sql

--changeset tax:0003 runOnChange:true splitStatements:false
--comment What a sale bears, in the database, so that whatever opens a rated period or takes money asks without a round trip.

-- What of an amount is tax, or comes upon it. Becomes part of the statement that calls it.
create or replace function tax_part(amount numeric, rate numeric, included boolean) returns numeric
language sql immutable
as $$
    select case when rate = 0 then 0
                when included then round(amount * rate / (1 + rate), 8)
                else round(amount * rate, 8) end
$$;

-- What a wallet pays for an amount. Becomes part of the statement that calls it.
create or replace function with_tax(amount numeric, rate numeric, included boolean) returns numeric
language sql immutable
as $$
    select case when rate = 0 or included then amount else amount + round(amount * rate, 8) end
$$;

create or replace function is_of_union(country text) returns boolean
language sql immutable
as $$
    select country in ('AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU',
                       'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK')
$$;

-- Which tax a sale of a category to a wallet's organization bears at an instant: the same rule as TaxRule in Java, which a test holds it
-- to. Nothing where the reseller is registered nowhere; an error where tax is to be collected at a rate that is not known.
create or replace function tax_of(
    which_wallet uuid, what text, instant timestamptz, zone text, out id bigint, out rate numeric, out included boolean)
language plpgsql
as $$
declare
    registered text[];
    one_stop boolean;
    small boolean;
    seller text;
    buyer text;
    whose uuid;
    standing text;
    taxed_in text;
    how text;
begin
    rate := 0;
    included := false;
    select array_agg(r.country::text order by r.id), bool_or(r.scheme = 'OSS')
      into registered, one_stop
      from tax_registration r
     where r.from_at <= instant;
    if registered is null then
        return;
    end if;
    select w.organization_id into whose from wallet w where w.id = which_wallet;
    seller := coalesce((select s.country from invoice_seller s order by s.id desc limit 1), registered[1]);
    small := coalesce(
        (select r.scheme = 'SMALL'
           from tax_registration r
          where r.country = seller and r.scheme <> 'OSS' and r.from_at <= instant
          order by r.from_at desc, r.id desc
          limit 1),
        false);
    buyer := coalesce(
        (select b.country
           from invoice_buyer b
          where b.organization_id = whose and b.noted_at <= instant
          order by b.id desc
          limit 1),
        (select o.country from organization o where o.id = whose),
        seller);
    standing := coalesce(
        (select s.status
           from tax_status s
          where s.organization_id = whose and s.from_at <= instant
          order by s.id desc
          limit 1),
        'CONSUMER');

    if standing = 'BUSINESS' and seller <> buyer
       and (case when is_of_union(buyer)
                 then is_of_union(seller) or exists (select from unnest(registered) r where is_of_union(r))
                 else buyer in ('GB', 'NO') and buyer = any (registered) end) then
        how := 'REVERSE_CHARGE';
    else
        taxed_in := case when is_of_union(seller) and is_of_union(buyer) and standing <> 'BUSINESS' and not one_stop
                              and buyer <> all (registered)
                         then seller else buyer end;
        how := case when taxed_in = any (registered) or one_stop and is_of_union(taxed_in) and standing <> 'BUSINESS'
                    then case when standing = 'EXEMPT' then 'EXEMPT'
                              when small and taxed_in = seller then 'SMALL_BUSINESS'
                              else 'TAXED' end
                    when is_of_union(seller) then 'OUTSIDE'
                    else 'NOT_REGISTERED' end;
    end if;
    if how = 'TAXED' then
        select r.percent / 100 into rate
          from tax_rate r
         where r.place = taxed_in and r.category = what and r.from_day <= (instant at time zone zone)::date
         order by r.from_day desc
         limit 1;
        if rate is null then
            raise exception 'no rate of % in % on %', what, taxed_in, instant using errcode = 'no_data_found';
        end if;
    else
        taxed_in := buyer;
    end if;
    included := coalesce(
        (select p.included from tax_pricing p where p.from_at <= instant order by p.from_at desc, p.id desc limit 1), false);

    loop
        select t.id into id
          from tax_term t
         where t.treatment = how and t.place = taxed_in and t.category = what and t.rate = tax_of.rate
           and t.included = tax_of.included;
        exit when id is not null;
        insert into tax_term (treatment, place, category, rate, included)
        values (how, taxed_in, what, rate, included)
        on conflict on constraint tax_term_once_uq do nothing;
    end loop;
end $$;

-- Closes the open rated periods of a wallet that bear another tax than they would now, and opens the next. The wallet is locked, and
-- charged up to the instant; an hour in progress keeps its tax.
create or replace function retax_wallet(which_wallet uuid, instant timestamptz, zone text) returns integer
language plpgsql
as $$
#variable_conflict use_column
declare
    term record;
    moved integer;
begin
    select * into term from tax_of(which_wallet, 'STANDARD', instant, zone);
    with ended as (
      update rated_period p
         set open = false
       where p.wallet_id = which_wallet and p.open and p.tax_id is distinct from term.id
      returning p.service_id, p.wallet_id, p.price_version_id, p.currency, p.hourly, p.charged_until, p.month_ends_at, p.month_cap,
                p.cap - p.amount as cap
    )
    insert into rated_period (service_id, wallet_id, price_version_id, currency, hourly, starts_at, month_ends_at, charged_until,
                              month_cap, cap, tax_id, tax_rate, tax_included)
    select e.service_id, e.wallet_id, e.price_version_id, e.currency, e.hourly, e.charged_until, e.month_ends_at, e.charged_until,
           e.month_cap, e.cap, term.id, term.rate, term.included
      from ended e;
    get diagnostics moved = row_count;
    return moved;
end $$;

-- Looks again at what wallets pay an hour and how they stand, and tells of each threshold crossed.
create or replace function look_at_wallets(which uuid[], happened timestamptz) returns void
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
as $$
#variable_conflict use_column
begin
    with standing as (
      select w.id,
             w.alert,
             w.balance,
             b.burn,
             case when w.balance < -w.credit_limit then 3
                  when w.balance <= 0 and (b.burn > 0 or w.balance < 0) then 2
                  when w.balance < b.burn * y.low_hours then 1
                  else 0 end as level
        from wallet w
       cross join (select max(low_hours) low_hours from wallet_policy) y
       cross join lateral (
         select coalesce(sum(with_tax(p.hourly, p.tax_rate, p.tax_included)), 0) burn
           from rated_period p
          where p.wallet_id = w.id and p.open) b
       where w.id = any (which)
    ),
    looked as (
      update wallet w
         set alert = s.level, burn_per_hour = s.burn
        from standing s
       where w.id = s.id
         and (s.level <> s.alert or s.burn <> w.burn_per_hour)
    )
    insert into wallet_event (wallet_id, kind, balance, burn_per_hour, at)
    select s.id, (array['LOW', 'EMPTY', 'OVER_LIMIT'])[v.l], s.balance, s.burn, happened
      from standing s
      join (values (1), (2), (3)) v (l) on v.l > s.alert and v.l <= s.level
    union all
    select s.id, 'RECOVERED', s.balance, s.burn, happened
      from standing s
     where s.level = 0 and s.alert > 0;
end $$;

-- Looks again at what wallets pay an hour, after a month began for their services, perhaps at another rate.
create or replace function look_at_pace(which uuid[]) returns void
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
as $$
begin
    update wallet w
       set burn_per_hour = b.burn
      from unnest(which) as c (id)
     cross join lateral (
       select coalesce(sum(with_tax(p.hourly, p.tax_rate, p.tax_included)), 0) as burn
         from rated_period p
        where p.wallet_id = c.id and p.open) b
     where w.id = c.id and w.burn_per_hour <> b.burn;
end $$;

-- Takes from wallets, or gives back, what rounding made of documents that were just issued, so that wallet, revenue, tax and document
-- agree: their tax is reckoned once for the month, and their total is a round one. At most a cent for each way in which one is taxed.
create or replace function settle_rounding(issued uuid[], entry_key text, actor_name text, happened timestamptz) returns void
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
as $$
#variable_conflict use_column
declare
    moved_wallets uuid[];
begin
    insert into ledger_account (id, kind, currency, opened_at)
    select gen_random_uuid(), 'ROUNDING', c.currency, happened
      from (select distinct v.currency from unnest(issued) as i (id) join invoice v on v.id = i.id where v.rounding <> 0) c
     where not exists (select from ledger_account a where a.kind = 'ROUNDING' and a.currency = c.currency)
    on conflict (kind, currency) where kind <> 'WALLET' do nothing;

    with differences as (
      select v.wallet_id, v.currency, v.total - v.net - n.taken as change, v.tax - n.taken as tax, v.rounding
        from unnest(issued) as i (id)
        join invoice v on v.id = i.id
       cross join lateral (
         select coalesce(sum(x.taken), 0) as taken from invoice_tax x where x.invoice_id = v.id) n
    ),
    sums as (
      select max(d.currency) as currency, sum(d.tax) as tax, sum(d.rounding) as rounding, bool_or(d.change <> 0) as is_moved
        from differences d
    ),
    entry as (
      insert into journal_entry (kind, source, idempotency_key, effective_at, posted_at, actor, reason)
      select 'DEBIT', 'invoice-rounding', entry_key, happened, happened, actor_name, 'rounding of documents'
        from sums s
       where s.is_moved or s.tax <> 0 or s.rounding <> 0
      returning id
    ),
    moved as (
      update wallet w
         set balance = w.balance - d.change, version = w.version + 1
        from differences d
       where w.id = d.wallet_id and d.change <> 0
      returning w.id, w.currency, w.balance, d.change
    ),
    posted as (
      insert into posting (entry_id, account_id, currency, amount, balance_after)
      select e.id, m.id, m.currency, -m.change, m.balance
        from entry e
       cross join moved m
      union all
      select e.id, a.id, a.currency, s.tax, null
        from entry e
       cross join sums s
        join ledger_account a on a.kind = 'TAX' and a.currency = s.currency
       where s.tax <> 0
      union all
      select e.id, a.id, a.currency, s.rounding, null
        from entry e
       cross join sums s
        join ledger_account a on a.kind = 'ROUNDING' and a.currency = s.currency
       where s.rounding <> 0
    )
    select array_agg(m.id) into moved_wallets from moved m;
    if moved_wallets is not null then
        perform look_at_wallets(moved_wallets, happened);
    end if;
end $$;
--rollback drop function settle_rounding; drop function look_at_pace; drop function look_at_wallets; drop function retax_wallet; drop function tax_of; drop function is_of_union; drop function with_tax; drop function tax_part;
