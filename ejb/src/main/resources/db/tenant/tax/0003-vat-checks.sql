--liquibase formatted sql

--changeset tax:0004
--comment What VIES said of customers' VAT numbers, as evidence.
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
    asked_at timestamptz not null,
    constraint vat_check_pk primary key (id),
    constraint vat_check_once_uq unique (asked_for, reason),
    constraint vat_check_organization_fk foreign key (organization_id) references organization (id),
    constraint vat_check_buyer_fk foreign key (buyer_id) references invoice_buyer (id),
    constraint vat_check_verdict_ck check (verdict in ('VALID', 'INVALID', 'UNTOLD')),
    constraint vat_check_reason_ck check ((verdict = 'UNTOLD') = (reason <> ''))
);
create index vat_check_organization_ix on vat_check (organization_id, id);
comment on table vat_check is 'append-only: what VIES said of an organization''s VAT number; buyer_id: where the number was stated; asked_for: the work item, which is answered once; country: where the organization said that it is; requester: the reseller''s own number, with which it asked; consultation: the number under which VIES keeps the answer; reason: why it could not tell, as it said it';

create trigger vat_check_immutable before update or delete or truncate on vat_check
    for each statement execute function refuse_history_change();
--rollback drop table vat_check;
