--liquibase formatted sql

--changeset tax:0009
--comment A reseller does not collect in a country any more.
create table tax_registration_end (
    registration_id bigint not null,
    until_at timestamptz not null,
    noted_at timestamptz not null,
    noted_by text not null,
    constraint tax_registration_end_pk primary key (registration_id),
    constraint tax_registration_end_registration_fk foreign key (registration_id) references tax_registration (id)
);
comment on table tax_registration_end is 'append-only: since when the tenant does not collect any more where it did; the beginning of a month, or of a day of which nothing was charged';
create trigger tax_registration_end_immutable before update or delete or truncate on tax_registration_end
    for each statement execute function refuse_history_change();

-- Somewhere else again, after a registration there has ended.
alter table tax_registration drop constraint tax_registration_once_uq;
alter table tax_registration add constraint tax_registration_once_uq unique (country, scheme, from_at);
--rollback alter table tax_registration drop constraint tax_registration_once_uq; alter table tax_registration add constraint tax_registration_once_uq unique (country, scheme); drop table tax_registration_end;

--changeset tax:0010 splitStatements:false
--comment As tax:0006, of exemptions and registrations that have ended too.

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
    region text;
    whose uuid;
    standing text;
    taxed_in text;
    how text;
    made_of text := '';
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
        select r.percent / 100, r.parts into rate, made_of
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
           and t.included = tax_of.included and t.parts = made_of;
        exit when id is not null;
        insert into tax_term (treatment, place, category, rate, included, parts)
        values (how, taxed_in, what, rate, included, made_of)
        on conflict on constraint tax_term_once_uq do nothing;
    end loop;
end $$;
--rollback select 1;
