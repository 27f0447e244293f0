--liquibase formatted sql

--changeset workqueue:baseline splitStatements:false

-- Tenants' roles are members of tenantry_tenant: rights are granted to it once here, not to each of them.
grant usage on schema work to tenantry_tenant;

create table work_item (
    id bigint generated always as identity,
    tenant text not null,
    tenant_role text not null,
    kind text not null,
    key text not null,
    subject uuid not null,
    state text not null default 'OPEN',
    written_at timestamptz not null default clock_timestamp(),
    due_at timestamptz not null default clock_timestamp(),
    attempts integer not null default 0,
    node text,
    fence bigint not null default 0,
    lease_until timestamptz,
    claimed_at timestamptz,
    error text,
    parked_at timestamptz,
    parked_reason text,
    ended_at timestamptz,
    ended_reason text,
    constraint work_item_pk primary key (id),
    constraint work_item_key_uq unique (tenant, kind, key),
    constraint work_item_role_ck check (tenant_role = 'tn_' || replace(tenant, '-', '_')),
    constraint work_item_kind_ck check (kind ~ '^[a-z][a-z-]{1,40}$'),
    constraint work_item_state_ck check (state in ('OPEN', 'PARKED', 'DONE', 'DROPPED')),
    constraint work_item_parked_ck check (state <> 'PARKED' or parked_at is not null and parked_reason is not null),
    constraint work_item_ended_ck check ((state in ('DONE', 'DROPPED')) = (ended_at is not null))
) with (fillfactor = 70);
create index work_item_due_ix on work_item (tenant, due_at) where state = 'OPEN';
create index work_item_leased_ix on work_item (tenant, lease_until) where lease_until is not null;
create index work_item_claimed_ix on work_item (tenant, claimed_at);
create index work_item_ended_ix on work_item (ended_at) where ended_at is not null;
-- For staff: the parked work of a service.
create index work_item_parked_ix on work_item (subject) where state = 'PARKED';
comment on table work_item is 'work to be done outside a transaction, claimed under a lease; a row belongs to tenant; attempts: consecutive failures; the same key of a kind is written once';
alter table work_item enable row level security;
alter table work_item force row level security;
create policy work_item_own on work_item using (tenant_role = current_user::text);
create policy work_item_worker on work_item to tenantry_worker using (true);
create policy work_item_auditor on work_item for select to tenantry_auditor using (true);
grant select, insert, update on work_item to tenantry_tenant;
