--liquibase formatted sql

--changeset offboarding:baseline splitStatements:false

create table tenant_export (
    id uuid not null,
    tenant text not null,
    state text not null default 'WAITING',
    requested_at timestamptz not null default clock_timestamp(),
    requested_by text not null,
    due_at timestamptz not null default clock_timestamp(),
    node text,
    fence bigint not null default 0,
    lease_until timestamptz,
    attempts integer not null default 0,
    started_at timestamptz,
    tables integer not null default 0,
    tables_done integer not null default 0,
    rows_read bigint not null default 0,
    seen text,
    file text,
    bytes bigint,
    sha256 text,
    ended_at timestamptz,
    error text,
    constraint tenant_export_pk primary key (id),
    constraint tenant_export_tenant_fk foreign key (tenant) references tenant (slug) on delete cascade,
    constraint tenant_export_state_ck check (state in ('WAITING', 'RUNNING', 'DONE', 'FAILED', 'REMOVED')),
    constraint tenant_export_done_ck check (state <> 'DONE' or num_nonnulls(node, started_at, seen, file, bytes, sha256, ended_at) = 7),
    constraint tenant_export_file_ck check (file ~ '^[a-z0-9-]+\.zip$'),
    constraint tenant_export_sha256_ck check (sha256 ~ '^[0-9a-f]{64}$')
);
create unique index tenant_export_open_uq on tenant_export (tenant) where state in ('WAITING', 'RUNNING');
create index tenant_export_tenant_ix on tenant_export (tenant, requested_at desc);
comment on table tenant_export is 'exports of all data of a reseller: the request, its progress, and the node and file that hold it; all times are real; seen: the database snapshot that was read, which shows whether anything was booked since; REMOVED: its file is deleted; belongs to the platform';
