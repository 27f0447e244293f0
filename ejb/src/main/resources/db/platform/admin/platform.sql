--liquibase formatted sql

--changeset platform:baseline splitStatements:false

create table tenant (
    slug text not null,
    name text not null,
    state text not null,
    currency char(3) not null,
    zone text not null,
    locale text not null,
    cell text not null default 'main',
    created_at timestamptz not null,
    fault text,
    suspended_at timestamptz,
    deleting_at timestamptz,
    deleted_at timestamptz,
    constraint tenant_pk primary key (slug),
    constraint tenant_cell_fk foreign key (cell) references cell (name),
    constraint tenant_slug_ck check (slug ~ '^[a-z](-?[a-z0-9]){1,29}$'),
    constraint tenant_state_ck check (state in
        ('CREATING', 'ACTIVE', 'SUSPENDED', 'MAINTENANCE', 'MOVING', 'DELETING', 'DELETED')),
    constraint tenant_deleted_ck check ((state = 'DELETED') = (deleted_at is not null))
);
comment on table tenant is 'the resellers; a row belongs to the platform';
comment on column tenant.suspended_at is 'since when its portal is closed, in real time; null while it is open, and for portals closed before this was recorded';
comment on column tenant.deleting_at is 'since when it is being deleted, in real time: every node is notified some seconds later';
comment on column tenant.deleted_at is 'when the last of its data was removed';

create table tenant_host (
    host text not null,
    tenant text not null,
    is_primary boolean not null default false,
    constraint tenant_host_pk primary key (host),
    constraint tenant_host_tenant_fk foreign key (tenant) references tenant (slug) on delete cascade,
    constraint tenant_host_lower_ck check (host = lower(host))
);
create unique index tenant_host_primary_uq on tenant_host (tenant) where is_primary;

create table demo_clock (
    one boolean not null default true,
    offset_seconds bigint not null,
    -- target of the demo clock, reached day by day; null when it is reached
    target_seconds bigint,
    -- when the demo was last seen running, by the database's clock; days that pass while it is stopped are caught up at its next start
    seen_at timestamptz,
    constraint demo_clock_pk primary key (one),
    constraint demo_clock_one_ck check (one),
    constraint demo_clock_target_ck check (target_seconds is null or target_seconds > offset_seconds)
);
comment on table demo_clock is 'offset of the demo clock from the real one; a row of the platform, at most one';

create table key_rotation (
    id bigint generated always as identity,
    started_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    actor text not null,
    key_id text,
    tenants integer not null default 0,
    reencrypted integer not null default 0,
    inaccessible integer not null default 0,
    failed integer not null default 0,
    constraint key_rotation_pk primary key (id)
);
create unique index key_rotation_running_uq on key_rotation ((ended_at is null)) where ended_at is null;
comment on table key_rotation is 'one row per rotation, which sealed all secrets of all tenants again with the current key; reencrypted: number sealed again; inaccessible: number that cannot be opened; failed: tenants that could not be processed; belongs to the platform';

create table key_use (
    tenant text not null,
    key_id text not null,
    secrets integer not null,
    constraint key_use_pk primary key (tenant, key_id)
);
comment on table key_use is 'number of secrets of a tenant per key that had sealed them at the last rotation; belongs to the platform';

create table host_claim (
    host text not null,
    tenant text not null,
    token text not null,
    claimed_at timestamptz not null,
    checked_at timestamptz,
    constraint host_claim_pk primary key (host),
    constraint host_claim_tenant_fk foreign key (tenant) references tenant (slug) on delete cascade,
    constraint host_claim_lower_ck check (host = lower(host))
);
create index host_claim_tenant_ix on host_claim (tenant);
comment on table host_claim is 'hosts that will lead to a reseller once a DNS record proves its control; a row belongs to the platform';
comment on column host_claim.token is 'required content of the DNS record; not secret, as it is published there';

create table audit_check (
    day date not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    node text not null,
    trails integer not null default 0,
    faults integer not null default 0,
    file text,
    constraint audit_check_pk primary key (day)
);
comment on table audit_check is 'a row per night: the audit trails of the platform and of all tenants were verified and their heads kept in a file of that node; belongs to the platform';

-- What other packages may read.
create view tenant_v with (security_invoker) as
select slug, name, state, currency, zone, locale, created_at
  from tenant;
comment on view tenant_v is 'the resellers, for the directory that every request asks';
create view tenant_host_v with (security_invoker) as
select tenant, host, is_primary
  from tenant_host;
comment on view tenant_host_v is 'the names of hosts that lead to resellers';
