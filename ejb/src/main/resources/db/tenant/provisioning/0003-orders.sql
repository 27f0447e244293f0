--liquibase formatted sql

--changeset service:0003
alter table service add column account text;
alter table service add column upstream_region text;
alter table service add column upstream_size text;
alter table service add column upstream_image text;
alter table service add column upstream_id text;
alter table service add constraint service_upstream_ck check (
    account is null and upstream_id is null
    or account is not null and upstream_region is not null and upstream_size is not null and upstream_image is not null);
create unique index service_upstream_uq on service (account, upstream_id) where upstream_id is not null;
comment on column service.account is 'the account with a vendor that its server is made in; null for one that is nowhere but in our books';
comment on column service.upstream_id is 'the vendor''s number of its server, once we know of it';

create table provider_call (
    id bigint generated always as identity,
    service_id uuid not null,
    step text not null,
    attempt integer not null,
    mark text not null,
    sent_at timestamptz not null default clock_timestamp(),
    outcome text not null default 'SENT',
    words text not null default '',
    missed_at timestamptz,
    ended_at timestamptz,
    constraint provider_call_pk primary key (id),
    constraint provider_call_service_fk foreign key (service_id) references service (id),
    constraint provider_call_attempt_uq unique (service_id, step, attempt),
    constraint provider_call_step_ck check (step in ('CREATE', 'DELETE')),
    constraint provider_call_outcome_ck check (outcome in ('SENT', 'UNKNOWN', 'DONE', 'REFUSED', 'NOTHING')),
    constraint provider_call_ended_ck check ((outcome in ('SENT', 'UNKNOWN')) = (ended_at is null))
);
create unique index provider_call_open_uq on provider_call (service_id, step) where ended_at is null;
comment on table provider_call is 'what a vendor is about to be asked, written down before; outcome: what came of it, as far as is known; words: the vendor''s, for staff; missed_at: when it was looked for first and not found; times are real ones';
--rollback drop table provider_call; drop index service_upstream_uq; alter table service drop constraint service_upstream_ck, drop column upstream_id, drop column upstream_image, drop column upstream_size, drop column upstream_region, drop column account;
