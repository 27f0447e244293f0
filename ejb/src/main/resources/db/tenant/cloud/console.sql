--liquibase formatted sql

--changeset console:baseline splitStatements:false

create table console_token (
    secret_hash bytea not null,
    service_id uuid not null,
    person_id uuid not null,
    session_id uuid not null,
    kind text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    constraint console_token_pk primary key (secret_hash),
    constraint console_token_service_fk foreign key (service_id) references service (id),
    constraint console_token_person_fk foreign key (person_id) references person (id),
    constraint console_token_secret_hash_ck check (octet_length(secret_hash) = 32),
    constraint console_token_kind_ck check (kind in ('SHELL', 'SCREEN')),
    constraint console_token_life_ck check (expires_at > created_at)
);
create index console_token_expires_ix on console_token (expires_at);
comment on table console_token is 'opens a console of a service, once, within seconds, for the requesting person and session; times are the database''s';

create table service_host_key (
    service_id uuid not null,
    fingerprint text not null,
    pinned_at timestamptz not null,
    pinned_by text not null,
    offered text,
    offered_at timestamptz,
    system text not null default 'own',
    constraint service_host_key_pk primary key (service_id, system),
    constraint service_host_key_service_fk foreign key (service_id) references service (id),
    constraint service_host_key_offered_ck check ((offered is null) = (offered_at is null))
);
comment on table service_host_key is 'the host key that a service''s server presented at the first connection; offered: a different one presented since, which has not been accepted';
comment on column service_host_key.system is 'own, or the rescue system of the server that presented it, as in service.rescue: each start of one generates a new key';
