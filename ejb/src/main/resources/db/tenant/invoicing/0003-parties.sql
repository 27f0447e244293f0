--liquibase formatted sql

--changeset invoicing:0004
--comment Who sells and who buys, as it was when a document was issued: what is corrected is a new row, which later documents refer to.
create table invoice_seller (
    id bigint generated always as identity,
    name text not null,
    street text not null,
    postcode text not null,
    city text not null,
    country char(2) not null,
    vat_number text not null,
    tax_number text not null,
    register text not null,
    email text not null,
    phone text not null default '',
    bank text not null,
    iban text not null,
    bic text not null,
    note text not null,
    noted_at timestamptz not null,
    noted_by text not null,
    constraint invoice_seller_pk primary key (id),
    constraint invoice_seller_name_ck check (length(trim(name)) > 0),
    constraint invoice_seller_street_ck check (length(trim(street)) > 0),
    constraint invoice_seller_city_ck check (length(trim(city)) > 0),
    constraint invoice_seller_country_ck check (country ~ '^[A-Z]{2}$')
);
comment on table invoice_seller is 'append-only: who the reseller is by law; the latest row is on documents from now on; empty text: it has none';

create table invoice_buyer (
    id bigint generated always as identity,
    organization_id uuid not null,
    name text not null,
    street text not null,
    postcode text not null,
    city text not null,
    country char(2) not null,
    vat_number text not null,
    email text not null,
    reference text not null,
    noted_at timestamptz not null,
    noted_by text not null,
    constraint invoice_buyer_pk primary key (id),
    constraint invoice_buyer_organization_fk foreign key (organization_id) references organization (id),
    constraint invoice_buyer_name_ck check (length(trim(name)) > 0),
    constraint invoice_buyer_country_ck check (country ~ '^[A-Z]{2}$')
);
create index invoice_buyer_organization_ix on invoice_buyer (organization_id, id);
comment on table invoice_buyer is 'append-only: to whom an organization''s documents are made out; its latest row is on documents from now on; reference: what it wants to read on them';

alter table invoice add column seller_id bigint;
alter table invoice add column buyer_id bigint;
alter table invoice add constraint invoice_seller_fk foreign key (seller_id) references invoice_seller (id);
alter table invoice add constraint invoice_buyer_fk foreign key (buyer_id) references invoice_buyer (id);
create index invoice_issued_ix on invoice (issued_at, id);

create trigger invoice_seller_immutable before update or delete or truncate on invoice_seller
    for each statement execute function refuse_history_change();
create trigger invoice_buyer_immutable before update or delete or truncate on invoice_buyer
    for each statement execute function refuse_history_change();
--rollback drop index invoice_issued_ix; alter table invoice drop column buyer_id, drop column seller_id; drop table invoice_buyer; drop table invoice_seller;
