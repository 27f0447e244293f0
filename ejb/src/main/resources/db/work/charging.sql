--liquibase formatted sql

--changeset charging:baseline splitStatements:false

create table charging_run (
    id bigint generated always as identity,
    tenant text not null,
    tenant_role text not null,
    until timestamptz not null,
    state text not null default 'OPEN',
    slices integer not null default 0,
    opened_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    -- a run that could not be divided into slices records why, and is retried later
    attempts integer not null default 0,
    error text,
    retry_at timestamptz,
    constraint charging_run_pk primary key (id),
    constraint charging_run_tenant_until_uq unique (tenant, until),
    constraint charging_run_state_ck check (state in ('OPEN', 'RUNNING', 'DONE'))
);
create index charging_run_unfinished_ix on charging_run (tenant, until) where state <> 'DONE';
create index charging_run_until_ix on charging_run (until desc, tenant);
comment on table charging_run is 'one tenant charged up to one instant; a row belongs to tenant';
alter table charging_run enable row level security;
alter table charging_run force row level security;
create policy charging_run_own on charging_run using (tenant_role = current_user::text);
create policy charging_run_worker on charging_run to tenantry_worker using (true);
create policy charging_run_auditor on charging_run for select to tenantry_auditor using (true);

create table charging_slice (
    id bigint generated always as identity,
    run_id bigint not null,
    tenant_role text not null,
    no integer not null,
    after_wallet uuid,
    to_wallet uuid,
    wallets_planned integer not null,
    state text not null default 'OPEN',
    node text,
    fence bigint not null default 0,
    lease_until timestamptz,
    attempts integer not null default 0,
    retry_at timestamptz,
    error text,
    wallets integer not null default 0,
    services integer not null default 0,
    hours bigint not null default 0,
    -- charged so far, by currency code; currencies without charges are omitted
    amounts jsonb not null default '{}',
    started_at timestamptz,
    ended_at timestamptz,
    constraint charging_slice_pk primary key (id),
    constraint charging_slice_run_fk foreign key (run_id) references charging_run (id) on delete cascade,
    constraint charging_slice_run_no_uq unique (run_id, no),
    constraint charging_slice_state_ck check (state in ('OPEN', 'RUNNING', 'FAILED', 'DONE')),
    constraint charging_slice_amounts_ck check (jsonb_typeof(amounts) = 'object')
) with (fillfactor = 70);
create index charging_slice_unfinished_ix on charging_slice (run_id) where state <> 'DONE';
comment on table charging_slice is 'a range of a run''s wallets, claimed under a lease; a row belongs to its run''s tenant';
alter table charging_slice enable row level security;
alter table charging_slice force row level security;
create policy charging_slice_own on charging_slice using (tenant_role = current_user::text);
create policy charging_slice_worker on charging_slice to tenantry_worker using (true);
create policy charging_slice_auditor on charging_slice for select to tenantry_auditor using (true);
grant select, insert, update on charging_run, charging_slice to tenantry_tenant;
