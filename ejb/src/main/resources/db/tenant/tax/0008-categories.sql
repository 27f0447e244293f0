--liquibase formatted sql

--changeset tax:0011
--comment What is sold is of a category, and places have rates by category. What there is stays the standard one.
create table plan_tax (
    id bigint generated always as identity,
    plan_id uuid not null,
    category text not null,
    from_at timestamptz not null,
    noted_at timestamptz not null,
    noted_by text not null,
    constraint plan_tax_pk primary key (id),
    constraint plan_tax_plan_fk foreign key (plan_id) references plan (id),
    constraint plan_tax_category_ck check (category ~ '^[A-Z][A-Z_]{0,19}$')
);
create index plan_tax_plan_ix on plan_tax (plan_id, from_at);
comment on table plan_tax is 'append-only: by which of a place''s rates a plan is taxed from an instant on, with what is rented beside its servers; by the standard ones as long as there is no row';
create trigger plan_tax_immutable before update or delete or truncate on plan_tax
    for each statement execute function refuse_history_change();

-- Two categories at one rate are one way of being taxed: a document has one base and one tax of it.
alter table tax_term drop constraint tax_term_once_uq;
alter table tax_term add constraint tax_term_once_uq unique (treatment, place, rate, included, parts);
comment on column tax_term.category is 'of which category of the place the rate was when a sale was taxed so for the first time';
--rollback alter table tax_term drop constraint tax_term_once_uq; alter table tax_term add constraint tax_term_once_uq unique (treatment, place, category, rate, included, parts); drop table plan_tax;

--changeset tax:0012 splitStatements:false
--comment As tax:0010, by the category of what is sold.

-- Of which category something is at an instant: a plan, or without one that of a service, or that of the server which an option is of.
-- Packs of transfer, and whatever else is of no plan, are standard.
create function sold_as(which_plan uuid, subject uuid, instant timestamptz) returns text
language sql stable
as $$
    select coalesce(
        (select t.category
           from plan_tax t
          where t.plan_id = coalesce(
                  which_plan,
                  (select s.plan_id
                     from service s
                    where s.id = coalesce((select o.service_id from service_option o where o.id = subject), subject)))
            and t.from_at <= instant
          order by t.from_at desc, t.id desc
          limit 1),
        'STANDARD')
$$;
--rollback drop function sold_as;

--changeset tax:0013 splitStatements:false
--comment As tax:0010, of categories that have no rate of their own too.

-- Which tax a sale of a category to a wallet's organization bears at an instant: the same rule as TaxRule in Java, which a test holds it
-- to. A category without a rate of its own at a place has the standard one there. Nothing where the reseller is registered nowhere; an
-- error where tax is to be collected at a rate that is not known.
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
    region text;
    whose uuid;
    standing text;
    taxed_in text;
    how text;
    made_of text := '';
    of_category text := 'STANDARD';
begin
    rate := 0;
    included := false;
    select array_agg(r.country order by r.id), bool_or(r.scheme = 'OSS')
      into registered, one_stop
      from tax_registration r
     where r.from_at <= instant
       and not exists (select from tax_registration_end e where e.registration_id = r.id and e.until_at <= instant);
    if registered is null then
        return;
    end if;
    select w.organization_id into whose from wallet w where w.id = which_wallet;
    seller := coalesce((select s.country from invoice_seller s order by s.id desc limit 1), left(registered[1], 2));
    small := coalesce(
        (select r.scheme = 'SMALL'
           from tax_registration r
          where r.country = seller and r.scheme <> 'OSS' and r.from_at <= instant
            and not exists (select from tax_registration_end e where e.registration_id = r.id and e.until_at <= instant)
          order by r.from_at desc, r.id desc
          limit 1),
        false);
    select b.country, b.country || '-' || nullif(b.region, '')
      into buyer, region
      from invoice_buyer b
     where b.organization_id = whose and b.noted_at <= instant
     order by b.id desc
     limit 1;
    buyer := coalesce(buyer, (select o.country from organization o where o.id = whose), seller);
    standing := coalesce(
        (select case when s.until_at <= instant then 'CONSUMER' else s.status end
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
                         then seller
                         when region = any (registered) then region
                         else buyer end;
        how := case when taxed_in = any (registered) or one_stop and is_of_union(taxed_in) and standing <> 'BUSINESS'
                    then case when standing = 'EXEMPT' then 'EXEMPT'
                              when small and taxed_in = seller then 'SMALL_BUSINESS'
                              else 'TAXED' end
                    when is_of_union(seller) then 'OUTSIDE'
                    else 'NOT_REGISTERED' end;
    end if;
    if how = 'TAXED' then
        select r.percent / 100, r.parts, r.category into rate, made_of, of_category
          from tax_rate r
         where r.place = taxed_in and r.category in (what, 'STANDARD') and r.from_day <= (instant at time zone zone)::date
         order by r.category = what desc, r.from_day desc
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
         where t.treatment = how and t.place = taxed_in and t.rate = tax_of.rate and t.included = tax_of.included
           and t.parts = made_of;
        exit when id is not null;
        insert into tax_term (treatment, place, category, rate, included, parts)
        values (how, taxed_in, of_category, rate, included, made_of)
        on conflict on constraint tax_term_once_uq do nothing;
    end loop;
end $$;
--rollback select 1;

--changeset tax:0014 splitStatements:false
--comment As tax:0003 and tax:0007, by the category of what is sold.

-- What the rated period of a service bears that follows another in a month, with the price of that plan, or without one of an option: the same
-- as the one before, unless it is of another category now.
create function tax_after(before bigint, which_plan uuid, zone text, out id bigint, out rate numeric, out included boolean)
language plpgsql
as $$
declare
    was record;
    what text;
begin
    select p.wallet_id, p.service_id, p.charged_until, p.tax_id, p.tax_rate, p.tax_included,
           sold_as(v.plan_id, p.service_id, p.charged_until) as category
      into was
      from rated_period p
      join price_version v on v.id = p.price_version_id
     where p.id = before;
    what := sold_as(which_plan, was.service_id, was.charged_until);
    if was.tax_id is null or what = was.category then
        id := was.tax_id;
        rate := was.tax_rate;
        included := was.tax_included;
    else
        select t.id, t.rate, t.included
          into id, rate, included
          from tax_of(was.wallet_id, what, was.charged_until, zone) t;
    end if;
end $$;

-- Closes the open rated periods of a wallet that bear another tax than they would now, and opens the next. The wallet is locked, and
-- charged up to the instant; an hour in progress keeps its tax.
create or replace function retax_wallet(which_wallet uuid, instant timestamptz, zone text) returns integer
language plpgsql
as $$
#variable_conflict use_column
declare
    moved integer;
begin
    with sold as materialized (
      select p.id, sold_as(v.plan_id, p.service_id, p.charged_until) as category
        from rated_period p
        join price_version v on v.id = p.price_version_id
       where p.wallet_id = which_wallet and p.open
    ),
    term as materialized (
      select k.category, t.id, t.rate, t.included
        from (select distinct s.category from sold s) k
       cross join lateral tax_of(which_wallet, k.category, instant, zone) t
    ),
    ended as (
      update rated_period p
         set open = false
        from sold s
        join term t on t.category = s.category
       where p.id = s.id and p.tax_id is distinct from t.id
      returning p.service_id, p.wallet_id, p.price_version_id, p.currency, p.hourly, p.charged_until, p.month_ends_at, p.month_cap,
                p.cap - p.amount as cap, t.id as tax_id, t.rate, t.included
    )
    insert into rated_period (service_id, wallet_id, price_version_id, currency, hourly, starts_at, month_ends_at, charged_until,
                              month_cap, cap, tax_id, tax_rate, tax_included)
    select e.service_id, e.wallet_id, e.price_version_id, e.currency, e.hourly, e.charged_until, e.month_ends_at, e.charged_until,
           e.month_cap, e.cap, e.tax_id, e.rate, e.included
      from ended e;
    get diagnostics moved = row_count;
    return moved;
end $$;

-- How a sale of a plan to a wallet's organization would be taxed at an instant. Nothing where no tax is collected, or at a rate that is not
-- known.
drop function asked_tax(uuid, timestamptz, text);
create function asked_tax(
    which_wallet uuid, which_plan uuid, instant timestamptz, zone text,
    out treatment text, out place text, out rate numeric, out included boolean)
language plpgsql
as $$
#variable_conflict use_column
declare
    term bigint;
begin
    term := (select o.id from tax_of(which_wallet, sold_as(which_plan, null, instant), instant, zone) o);
    select t.treatment, t.place, t.rate, t.included
      into treatment, place, rate, included
      from tax_term t
     where t.id = term;
exception
    when no_data_found then
        return;
end $$;
--rollback drop function asked_tax;
--rollback create function asked_tax(
--rollback     which_wallet uuid, instant timestamptz, zone text,
--rollback     out treatment text, out place text, out rate numeric, out included boolean)
--rollback language plpgsql
--rollback as $$
--rollback #variable_conflict use_column
--rollback declare
--rollback     term bigint;
--rollback begin
--rollback     term := (select o.id from tax_of(which_wallet, 'STANDARD', instant, zone) o);
--rollback     select t.treatment, t.place, t.rate, t.included
--rollback       into treatment, place, rate, included
--rollback       from tax_term t
--rollback      where t.id = term;
--rollback exception
--rollback     when no_data_found then
--rollback         return;
--rollback end $$;
--rollback create or replace function retax_wallet(which_wallet uuid, instant timestamptz, zone text) returns integer
--rollback language plpgsql
--rollback as $$
--rollback #variable_conflict use_column
--rollback declare
--rollback     term record;
--rollback     moved integer;
--rollback begin
--rollback     select * into term from tax_of(which_wallet, 'STANDARD', instant, zone);
--rollback     with ended as (
--rollback       update rated_period p
--rollback          set open = false
--rollback        where p.wallet_id = which_wallet and p.open and p.tax_id is distinct from term.id
--rollback       returning p.service_id, p.wallet_id, p.price_version_id, p.currency, p.hourly, p.charged_until, p.month_ends_at, p.month_cap,
--rollback                 p.cap - p.amount as cap
--rollback     )
--rollback     insert into rated_period (service_id, wallet_id, price_version_id, currency, hourly, starts_at, month_ends_at, charged_until,
--rollback                               month_cap, cap, tax_id, tax_rate, tax_included)
--rollback     select e.service_id, e.wallet_id, e.price_version_id, e.currency, e.hourly, e.charged_until, e.month_ends_at, e.charged_until,
--rollback            e.month_cap, e.cap, term.id, term.rate, term.included
--rollback       from ended e;
--rollback     get diagnostics moved = row_count;
--rollback     return moved;
--rollback end $$;
--rollback drop function tax_after;
