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
