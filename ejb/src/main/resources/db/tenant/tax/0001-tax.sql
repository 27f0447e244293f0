--liquibase formatted sql

--changeset tax:0001
--comment Which tax sales bear, by rules that are never changed, and what was decided by them.
create table tax_rate (
    id bigint generated always as identity,
    place text not null,
    category text not null,
    percent numeric(7, 4) not null,
    from_day date not null,
    noted_at timestamptz not null,
    noted_by text not null,
    constraint tax_rate_pk primary key (id),
    constraint tax_rate_once_uq unique (place, category, from_day),
    constraint tax_rate_place_ck check (place ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'),
    constraint tax_rate_category_ck check (category ~ '^[A-Z][A-Z_]{0,19}$'),
    constraint tax_rate_percent_ck check (percent between 0 and 100)
);
comment on table tax_rate is 'append-only: rates by place, category and day; one holds from its day until the next of that place and category';

insert into tax_rate (place, category, percent, from_day, noted_at, noted_by)
select v.place, 'STANDARD', v.percent, v.from_day::date, '2026-11-23T00:00Z', 'application'
  from (values
    ('AT', 20, '2024-01-01'), ('BE', 21, '2024-01-01'), ('BG', 20, '2024-01-01'), ('CY', 19, '2024-01-01'), ('CZ', 21, '2024-01-01'),
    ('DE', 19, '2024-01-01'), ('DK', 25, '2024-01-01'), ('EE', 22, '2024-01-01'), ('EE', 24, '2025-07-01'), ('ES', 21, '2024-01-01'),
    ('FI', 24, '2024-01-01'), ('FI', 25.5, '2024-09-01'), ('FR', 20, '2024-01-01'), ('GR', 24, '2024-01-01'),
    ('HR', 25, '2024-01-01'), ('HU', 27, '2024-01-01'), ('IE', 23, '2024-01-01'), ('IT', 22, '2024-01-01'), ('LT', 21, '2024-01-01'),
    ('LU', 17, '2024-01-01'), ('LV', 21, '2024-01-01'), ('MT', 18, '2024-01-01'), ('NL', 21, '2024-01-01'), ('PL', 23, '2024-01-01'),
    ('PT', 23, '2024-01-01'), ('RO', 19, '2024-01-01'), ('RO', 21, '2025-08-01'), ('SE', 25, '2024-01-01'), ('SI', 22, '2024-01-01'),
    ('SK', 20, '2024-01-01'), ('SK', 23, '2025-01-01'), ('GB', 20, '2024-01-01'), ('CH', 8.1, '2024-01-01'),
    ('NO', 25, '2024-01-01')) v (place, percent, from_day);

create table tax_registration (
    id bigint generated always as identity,
    country char(2) not null,
    number text not null,
    scheme text not null,
    from_at timestamptz not null,
    noted_at timestamptz not null,
    noted_by text not null,
    constraint tax_registration_pk primary key (id),
    constraint tax_registration_once_uq unique (country, scheme),
    constraint tax_registration_country_ck check (country ~ '^[A-Z]{2}$'),
    constraint tax_registration_scheme_ck check (scheme in ('DOMESTIC', 'OSS', 'SMALL'))
);
comment on table tax_registration is 'append-only: where the reseller collects tax from an instant on; OSS: what consumers elsewhere in the EU owe is declared there; SMALL: it is a small business there and collects none, until a later row of that country says otherwise; without a row nothing is collected anywhere';

create table tax_pricing (
    id bigint generated always as identity,
    included boolean not null,
    from_at timestamptz not null,
    noted_at timestamptz not null,
    noted_by text not null,
    constraint tax_pricing_pk primary key (id)
);
comment on table tax_pricing is 'append-only: whether tax is in the reseller''s prices or comes upon them, from an instant on; it comes upon them as long as there is no row';

create table tax_status (
    id bigint generated always as identity,
    organization_id uuid not null,
    status text not null,
    evidence text not null,
    from_at timestamptz not null,
    noted_at timestamptz not null,
    noted_by text not null,
    constraint tax_status_pk primary key (id),
    constraint tax_status_organization_fk foreign key (organization_id) references organization (id),
    constraint tax_status_ck check (status in ('CONSUMER', 'BUSINESS', 'EXEMPT')),
    constraint tax_status_evidence_ck check (status = 'CONSUMER' or length(trim(evidence)) > 0)
);
create index tax_status_organization_ix on tax_status (organization_id, id);
comment on table tax_status is 'append-only: what an organization is to the tax from an instant on; a consumer as long as there is no row; evidence: what proves it, such as what VIES said to its number, or the document that frees it';

create table tax_term (
    id bigint generated always as identity,
    treatment text not null,
    place text not null,
    category text not null,
    rate numeric(9, 6) not null,
    included boolean not null,
    constraint tax_term_pk primary key (id),
    constraint tax_term_once_uq unique (treatment, place, category, rate, included),
    constraint tax_term_treatment_ck check (
        treatment in ('TAXED', 'REVERSE_CHARGE', 'OUTSIDE', 'EXEMPT', 'SMALL_BUSINESS', 'NOT_REGISTERED')),
    constraint tax_term_rate_ck check (rate between 0 and 1 and (treatment = 'TAXED' or rate = 0))
);
comment on table tax_term is 'append-only: each way in which sales were taxed, once; included: whether the tax is in the price or upon it';

create table entry_tax (
    entry_id bigint not null,
    tax_id bigint not null,
    rate numeric(9, 6) not null,
    included boolean not null,
    amount numeric(20, 8) not null,
    tax numeric(20, 8) not null,
    constraint entry_tax_pk primary key (entry_id),
    constraint entry_tax_entry_fk foreign key (entry_id) references journal_entry (id),
    constraint entry_tax_term_fk foreign key (tax_id) references tax_term (id)
);
comment on table entry_tax is 'append-only: the tax of what is no hour; amount: by the price, positive is to be paid; tax: what of it, or upon it, is tax';

create table invoice_tax (
    invoice_id uuid not null,
    tax_id bigint not null,
    base numeric(20, 8) not null,
    taken numeric(20, 8) not null,
    tax numeric(20, 8) not null,
    constraint invoice_tax_pk primary key (invoice_id, tax_id),
    constraint invoice_tax_invoice_fk foreign key (invoice_id) references invoice (id),
    constraint invoice_tax_term_fk foreign key (tax_id) references tax_term (id)
);
comment on table invoice_tax is 'append-only: a document''s tax by the way in which its lines are taxed; base: what they come to without tax; taken: what the wallet paid in tax hour by hour; tax: the base by the rate, rounded once';

alter table rated_period add column tax_id bigint;
alter table rated_period add column tax_rate numeric(9, 6) not null default 0;
alter table rated_period add column tax_included boolean not null default false;
comment on column rated_period.tax_rate is 'the rate at which its hours are taxed; not changed, as its price is not';

alter table invoice_item add column tax_id bigint;
alter table invoice_item add column tax_rate numeric(9, 6) not null default 0;
alter table invoice_item add column tax_included boolean not null default false;
alter table invoice_item add column tax numeric(20, 8) not null default 0;

alter table invoice_line add column tax_id bigint;
alter table invoice_line add column tax_included boolean not null default false;
alter table invoice_line add column tax numeric(20, 8) not null default 0;
alter table invoice_line add column net numeric(20, 8) not null
    generated always as (case when tax_included then amount - tax else amount end) stored;
comment on column invoice_line.tax is 'what of the amount, or upon it, the wallet paid in tax';

alter table ledger_account drop constraint ledger_account_kind_ck;
alter table ledger_account add constraint ledger_account_kind_ck
    check (kind in ('WALLET', 'REVENUE', 'CASH', 'ADJUSTMENT', 'ROUNDING', 'TAX'));

create trigger tax_rate_immutable before update or delete or truncate on tax_rate
    for each statement execute function refuse_history_change();
create trigger tax_registration_immutable before update or delete or truncate on tax_registration
    for each statement execute function refuse_history_change();
create trigger tax_pricing_immutable before update or delete or truncate on tax_pricing
    for each statement execute function refuse_history_change();
create trigger tax_status_immutable before update or delete or truncate on tax_status
    for each statement execute function refuse_history_change();
create trigger tax_term_immutable before update or delete or truncate on tax_term
    for each statement execute function refuse_history_change();
create trigger entry_tax_immutable before update or delete or truncate on entry_tax
    for each statement execute function refuse_history_change();
create trigger invoice_tax_immutable before update or delete or truncate on invoice_tax
    for each statement execute function refuse_history_change();
--rollback alter table ledger_account drop constraint ledger_account_kind_ck; alter table ledger_account add constraint ledger_account_kind_ck check (kind in ('WALLET', 'REVENUE', 'CASH', 'ADJUSTMENT', 'ROUNDING'));
--rollback alter table invoice_line drop column net, drop column tax, drop column tax_included, drop column tax_id; alter table invoice_item drop column tax, drop column tax_included, drop column tax_rate, drop column tax_id; alter table rated_period drop column tax_included, drop column tax_rate, drop column tax_id; drop table invoice_tax; drop table entry_tax; drop table tax_term; drop table tax_status; drop table tax_pricing; drop table tax_registration; drop table tax_rate;

--changeset tax:0002 splitStatements:false
--comment A document is the sum of its lines without tax, and its tax that of its ways of being taxed.
create or replace function check_invoice_adds_up() returns trigger language plpgsql as $$
declare
    added numeric;
    taxed numeric;
begin
    select sum(net) into added from invoice_line where invoice_id = new.id;
    if added is distinct from new.net then
        raise exception 'document % says %, its lines say %', new.number_text, new.net, coalesce(added::text, 'nothing')
            using errcode = 'check_violation';
    end if;
    select coalesce(sum(tax), 0) into taxed from invoice_tax where invoice_id = new.id;
    if taxed <> new.tax then
        raise exception 'document % says % of tax, its parts say %', new.number_text, new.tax, taxed
            using errcode = 'check_violation';
    end if;
    if not exists (select from invoice_series where id = new.series_id and kind = new.kind and next_number > new.number) then
        raise exception 'document % took no number of its series', new.number_text using errcode = 'check_violation';
    end if;
    return null;
end $$;

create function check_invoice_taxes() returns trigger language plpgsql as $$
declare
    wrong record;
begin
    select a.invoice_id, a.tax_id into wrong
      from added a
      left join invoice v on v.id = a.invoice_id and v.created_in = pg_current_xact_id()
     where v.id is null
     limit 1;
    if found then
        raise exception 'tax % of % refused: its document is not of this transaction', wrong.tax_id, wrong.invoice_id
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end $$;

create trigger invoice_tax_complete after insert on invoice_tax
    referencing new table as added for each statement execute function check_invoice_taxes();
--rollback drop trigger invoice_tax_complete on invoice_tax; drop function check_invoice_taxes;
--rollback create or replace function check_invoice_adds_up() returns trigger language plpgsql as $$
--rollback declare
--rollback     added numeric;
--rollback begin
--rollback     select sum(amount) into added from invoice_line where invoice_id = new.id;
--rollback     if added is distinct from new.net then
--rollback         raise exception 'document % says %, its lines say %', new.number_text, new.net, coalesce(added::text, 'nothing')
--rollback             using errcode = 'check_violation';
--rollback     end if;
--rollback     if not exists (select from invoice_series where id = new.series_id and kind = new.kind and next_number > new.number) then
--rollback         raise exception 'document % took no number of its series', new.number_text using errcode = 'check_violation';
--rollback     end if;
--rollback     return null;
--rollback end $$;
