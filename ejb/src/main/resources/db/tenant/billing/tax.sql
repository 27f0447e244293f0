--liquibase formatted sql

--changeset tax:baseline splitStatements:false

-- Tax rules for sales, which are never changed; only a rate that has not started may be withdrawn.
create table tax_rate (
    id bigint generated always as identity,
    place text not null,
    category text not null,
    percent numeric(7, 4) not null,
    from_day date not null,
    recorded_at timestamptz not null,
    recorded_by text not null,
    parts text not null default '',
    withdrawn_at timestamptz,
    withdrawn_by text,
    constraint tax_rate_pk primary key (id),
    constraint tax_rate_place_ck check (place ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'),
    constraint tax_rate_category_ck check (category ~ '^[A-Z][A-Z_]{0,19}$'),
    constraint tax_rate_percent_ck check (percent between 0 and 100),
    constraint tax_rate_withdrawn_ck check ((withdrawn_at is null) = (withdrawn_by is null)),
    constraint tax_rate_started_ck check (withdrawn_at < (from_day + interval '12 hours') at time zone 'UTC'),
    constraint tax_rate_parts_ck check (
        parts = '' or parts ~ '^[A-Za-z][A-Za-z0-9 .-]{0,19}=[+]?[0-9]{1,3}([.][0-9]{1,4})?(;[A-Za-z][A-Za-z0-9 .-]{0,19}=[+]?[0-9]{1,3}([.][0-9]{1,4})?)*$')
);
create unique index tax_rate_once_uq on tax_rate (place, category, from_day) where withdrawn_at is null;
comment on table tax_rate is 'rates, never changed, by place, category and day; one applies from its day until the next of that place and category; place: a country, or a region of it after a dash; parts: the taxes that make up percent, such as GST=5;QST=9.975, with a plus before one that is charged on top of the preceding ones';
comment on column tax_rate.withdrawn_at is 'when staff withdrew the rate before its day, which then applies to nothing; at the latest when that day starts in the westernmost time zone';
insert into tax_rate (place, category, percent, from_day, recorded_at, recorded_by)
select v.place, 'STANDARD', v.percent, v.from_day::date, '2026-11-23T00:00Z', 'application'
  from (values
    ('AT', 20, '2024-01-01'), ('BE', 21, '2024-01-01'), ('BG', 20, '2024-01-01'), ('CY', 19, '2024-01-01'), ('CZ', 21, '2024-01-01'),
    ('DE', 19, '2024-01-01'), ('DK', 25, '2024-01-01'), ('EE', 22, '2024-01-01'), ('EE', 24, '2025-07-01'), ('ES', 21, '2024-01-01'),
    ('FI', 24, '2024-01-01'), ('FI', 25.5, '2024-09-01'), ('FR', 20, '2024-01-01'), ('GR', 24, '2024-01-01'),
    ('HR', 25, '2024-01-01'), ('HU', 27, '2024-01-01'), ('IE', 23, '2024-01-01'), ('IT', 22, '2024-01-01'), ('LT', 21, '2024-01-01'),
    ('LU', 17, '2024-01-01'), ('LV', 21, '2024-01-01'), ('MT', 18, '2024-01-01'), ('NL', 21, '2024-01-01'), ('PL', 23, '2024-01-01'),
    ('PT', 23, '2024-01-01'), ('PT-20', 16, '2024-01-01'), ('PT-30', 22, '2024-01-01'), ('RO', 19, '2024-01-01'), ('RO', 21, '2025-08-01'), ('SE', 25, '2024-01-01'), ('SI', 22, '2024-01-01'),
    ('SK', 20, '2024-01-01'), ('SK', 23, '2025-01-01'), ('GB', 20, '2024-01-01'), ('CH', 8.1, '2024-01-01'),
    ('NO', 25, '2024-01-01')) v (place, percent, from_day);
create trigger tax_rate_guarded before update on tax_rate for each row execute function refuse_rate_change();
create trigger tax_rate_not_deleted before delete or truncate on tax_rate
    for each statement execute function refuse_history_change();

create table tax_registration (
    id bigint generated always as identity,
    country text not null,
    number text not null,
    scheme text not null,
    from_at timestamptz not null,
    recorded_at timestamptz not null,
    recorded_by text not null,
    constraint tax_registration_pk primary key (id),
    constraint tax_registration_once_uq unique (country, scheme, from_at),
    constraint tax_registration_scheme_ck check (scheme in ('DOMESTIC', 'OSS', 'SMALL_BUSINESS')),
    constraint tax_registration_country_ck check (country ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'),
    constraint tax_registration_region_ck check (scheme = 'DOMESTIC' or length(country) = 2)
);
comment on table tax_registration is 'append-only: where the reseller collects tax from an instant on; OSS: what consumers elsewhere in the EU owe is declared there; SMALL_BUSINESS: it is a small business there and collects none, until a later row of that country says otherwise; without a row nothing is collected anywhere';
comment on column tax_registration.country is 'the country, or a region of it after a dash; of buyers in such a region its rates are asked, of others in the country those of the country if there is a registration there';
create trigger tax_registration_immutable before update or delete or truncate on tax_registration
    for each statement execute function refuse_history_change();

create table tax_pricing (
    id bigint generated always as identity,
    included boolean not null,
    from_at timestamptz not null,
    recorded_at timestamptz not null,
    recorded_by text not null,
    constraint tax_pricing_pk primary key (id)
);
comment on table tax_pricing is 'append-only: whether the reseller''s prices include tax or it is added on top, from an instant on; added on top as long as there is no row';
create trigger tax_pricing_immutable before update or delete or truncate on tax_pricing
    for each statement execute function refuse_history_change();

create table applied_tax (
    id bigint generated always as identity,
    treatment text not null,
    place text not null,
    category text not null,
    rate numeric(9, 6) not null,
    included boolean not null,
    parts text not null default '',
    constraint applied_tax_pk primary key (id),
    constraint applied_tax_once_uq unique (treatment, place, rate, included, parts),
    constraint applied_tax_rate_ck check (rate between 0 and 1 and (treatment = 'TAXED' or rate = 0)),
    constraint applied_tax_treatment_ck check (
        treatment in ('TAXED', 'REVERSE_CHARGE', 'OUT_OF_SCOPE', 'EXEMPT', 'SMALL_BUSINESS', 'NOT_REGISTERED', 'COMPENSATION'))
);
comment on table applied_tax is 'append-only: each tax treatment of sales, once; included: whether the price includes the tax or it is added on top';
comment on column applied_tax.category is 'category of the place''s rate when a sale was first taxed with this treatment';
create trigger applied_tax_immutable before update or delete or truncate on applied_tax
    for each statement execute function refuse_history_change();

-- Responses of VIES about customers' VAT numbers, as evidence.
create table vat_check (
    id bigint generated always as identity,
    organization_id uuid not null,
    buyer_id bigint not null,
    asked_for text not null,
    number text not null,
    country char(2) not null,
    requester text not null,
    verdict text not null,
    consultation text not null,
    request_date text not null,
    name text not null,
    address text not null,
    reason text not null,
    requested_at timestamptz not null,
    constraint vat_check_pk primary key (id),
    constraint vat_check_organization_fk foreign key (organization_id) references organization (id),
    constraint vat_check_once_uq unique (asked_for, reason),
    constraint vat_check_verdict_ck check (verdict in ('VALID', 'INVALID', 'UNAVAILABLE')),
    constraint vat_check_reason_ck check ((verdict = 'UNAVAILABLE') = (reason <> ''))
);
create index vat_check_organization_ix on vat_check (organization_id, id);
comment on table vat_check is 'append-only: response of VIES about an organization''s VAT number; buyer_id: where the number was stated; asked_for: the work item, which is answered once; country: the organization''s stated country; requester: the reseller''s own number, used for the request; consultation: the number under which VIES keeps the response; reason: why VIES gave no result, in its words';
create trigger vat_check_immutable before update or delete or truncate on vat_check
    for each statement execute function refuse_history_change();

-- Exemptions end, and are proven by a document that is kept.
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
comment on table tax_document is 'append-only: an exemption certificate of an organization of this tenant, as it was uploaded';
create trigger tax_document_immutable before update or delete or truncate on tax_document
    for each statement execute function refuse_history_change();

create table tax_status (
    id bigint generated always as identity,
    organization_id uuid not null,
    status text not null,
    evidence text not null,
    from_at timestamptz not null,
    recorded_at timestamptz not null,
    recorded_by text not null,
    until_at timestamptz,
    document_id uuid,
    constraint tax_status_pk primary key (id),
    constraint tax_status_organization_fk foreign key (organization_id) references organization (id),
    constraint tax_status_document_fk foreign key (document_id) references tax_document (id),
    constraint tax_status_ck check (status in ('CONSUMER', 'BUSINESS', 'EXEMPT')),
    constraint tax_status_evidence_ck check (status = 'CONSUMER' or length(trim(evidence)) > 0),
    constraint tax_status_until_ck check (until_at is null or status = 'EXEMPT' and until_at > from_at),
    constraint tax_status_exempt_ck check (document_id is null or status = 'EXEMPT')
);
create index tax_status_organization_ix on tax_status (organization_id, id);
comment on table tax_status is 'append-only: an organization''s tax status from an instant on; a consumer as long as there is no row; evidence: its proof, such as the response of VIES for its number, or the exemption certificate';
comment on column tax_status.until_at is 'the end of an exemption; from then on it is a consumer again';
create trigger tax_status_immutable before update or delete or truncate on tax_status
    for each statement execute function refuse_history_change();

create table exemption_expiry (
    organization_id uuid not null,
    until_at timestamptz not null,
    constraint exemption_expiry_pk primary key (organization_id),
    constraint exemption_expiry_organization_fk foreign key (organization_id) references organization (id)
);
comment on table exemption_expiry is 'exemptions in force with a known end; charging beyond one first charges up to it, taxes what follows, and deletes the row';

-- The end of tax collection by a reseller in a country.
create table tax_registration_end (
    registration_id bigint not null,
    until_at timestamptz not null,
    recorded_at timestamptz not null,
    recorded_by text not null,
    constraint tax_registration_end_pk primary key (registration_id),
    constraint tax_registration_end_registration_fk foreign key (registration_id) references tax_registration (id)
);
comment on table tax_registration_end is 'append-only: since when the tenant no longer collects in a country; the beginning of a month, or of a day without charges';
create trigger tax_registration_end_immutable before update or delete or truncate on tax_registration_end
    for each statement execute function refuse_history_change();

-- Tax categories of sales, and rates of places by category.
create table plan_tax (
    id bigint generated always as identity,
    plan_id uuid not null,
    category text not null,
    from_at timestamptz not null,
    recorded_at timestamptz not null,
    recorded_by text not null,
    constraint plan_tax_pk primary key (id),
    constraint plan_tax_plan_fk foreign key (plan_id) references plan (id),
    constraint plan_tax_category_ck check (category ~ '^[A-Z][A-Z_]{0,19}$')
);
create index plan_tax_plan_ix on plan_tax (plan_id, from_at);
comment on table plan_tax is 'append-only: tax category of a plan, and of add-ons of its servers, from an instant on; standard as long as there is no row';
create trigger plan_tax_immutable before update or delete or truncate on plan_tax
    for each statement execute function refuse_history_change();

-- What other packages may read.
create view tax_registration_v with (security_invoker) as
select id, country, from_at
  from tax_registration;
comment on view tax_registration_v is 'where the reseller collects tax';
create view plan_tax_v with (security_invoker) as
select id, plan_id, category, from_at
  from plan_tax;
comment on view plan_tax_v is 'tax categories of plans';
create view exemption_expiry_v with (security_invoker) as
select organization_id, until_at
  from exemption_expiry;
comment on view exemption_expiry_v is 'exemptions from tax that are still to end';
