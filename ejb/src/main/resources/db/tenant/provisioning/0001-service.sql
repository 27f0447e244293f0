--liquibase formatted sql

--changeset service:0001
create table service (
    id uuid not null,
    organization_id uuid not null,
    wallet_id uuid not null,
    kind text not null,
    name text not null,
    plan_id uuid not null,
    price_version_id uuid not null,
    region text not null,
    provider text not null,
    address text,
    state text not null,
    ordered_at timestamptz not null,
    activated_at timestamptz,
    ended_at timestamptz,
    version integer not null default 0,
    constraint service_pk primary key (id),
    constraint service_wallet_fk foreign key (wallet_id) references wallet (id),
    constraint service_plan_fk foreign key (plan_id) references plan (id),
    constraint service_price_fk foreign key (price_version_id) references price_version (id),
    constraint service_region_fk foreign key (region) references region (code),
    constraint service_kind_ck check (kind in ('VPS', 'DEDICATED', 'CONTAINER', 'HOSTING', 'DOMAIN')),
    constraint service_state_ck check (state in
        ('ORDERED', 'PROVISIONING', 'ACTIVE', 'SUSPENDED', 'TERMINATING', 'TERMINATED', 'FAILED', 'UNKNOWN')),
    constraint service_times_ck check (ended_at is null or activated_at is null or ended_at >= activated_at)
);
create index service_organization_ix on service (organization_id, state);
create index service_wallet_ix on service (wallet_id);
comment on table service is 'what organizations rent';

create table service_event (
    id bigint generated always as identity,
    service_id uuid not null,
    at timestamptz not null,
    what text not null,
    actor text not null,
    facts jsonb not null default '{}',
    constraint service_event_pk primary key (id),
    constraint service_event_service_fk foreign key (service_id) references service (id)
);
create index service_event_service_ix on service_event (service_id, id);
comment on table service_event is 'append-only: the timeline of a service';
--rollback drop table service_event; drop table service;
