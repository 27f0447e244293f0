--liquibase formatted sql

--changeset tax:0008
--comment Exemptions end, and are proven by a document that is kept.
create table tax_document (
    id uuid not null,
    organization_id uuid not null,
    name text not null,
    media_type text not null,
    content bytea not null,
    added_at timestamptz not null,
    added_by text not null,
    constraint tax_document_pk primary key (id),
    constraint tax_document_organization_fk foreign key (organization_id) references organization (id),
    constraint tax_document_name_ck check (length(name) between 1 and 120),
    constraint tax_document_type_ck check (media_type in ('application/pdf', 'image/png', 'image/jpeg')),
    constraint tax_document_size_ck check (octet_length(content) between 1 and 5242880)
);
create index tax_document_organization_ix on tax_document (organization_id);
comment on table tax_document is 'append-only: what an organization of this tenant has shown to be freed of tax, as it was read in';
create trigger tax_document_immutable before update or delete or truncate on tax_document
    for each statement execute function refuse_history_change();

alter table tax_status add column until_at timestamptz;
alter table tax_status add column document_id uuid;
alter table tax_status add constraint tax_status_document_fk foreign key (document_id) references tax_document (id);
alter table tax_status add constraint tax_status_until_ck check (until_at is null or status = 'EXEMPT' and until_at > from_at);
alter table tax_status add constraint tax_status_exempt_ck check (document_id is null or status = 'EXEMPT');
comment on column tax_status.until_at is 'the instant at which an exemption ends; from then on it is a consumer again';

create table tax_ending (
    organization_id uuid not null,
    until_at timestamptz not null,
    constraint tax_ending_pk primary key (organization_id),
    constraint tax_ending_organization_fk foreign key (organization_id) references organization (id)
);
comment on table tax_ending is 'exemptions in force of which the end is known; whoever charges beyond one first charges up to it, has what follows bear tax, and takes the row away';
--rollback drop table tax_ending; alter table tax_status drop constraint tax_status_exempt_ck; alter table tax_status drop constraint tax_status_until_ck; alter table tax_status drop constraint tax_status_document_fk; alter table tax_status drop column document_id; alter table tax_status drop column until_at; drop table tax_document;

--changeset tax:0009 splitStatements:false
--comment As tax:0006, of exemptions that have ended too.

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
     where r.from_at <= instant;
    if registered is null then
        return;
    end if;
    select w.organization_id into whose from wallet w where w.id = which_wallet;
    seller := coalesce((select s.country from invoice_seller s order by s.id desc limit 1), left(registered[1], 2));
    small := coalesce(
        (select r.scheme = 'SMALL'
           from tax_registration r
          where r.country = seller and r.scheme <> 'OSS' and r.from_at <= instant
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
