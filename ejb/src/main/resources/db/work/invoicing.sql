--liquibase formatted sql

--changeset invoicing:baseline splitStatements:false

create table invoicing_run (
    id bigint generated always as identity,
    tenant text not null,
    tenant_role text not null,
    month date not null,
    period_to timestamptz not null,
    due_at timestamptz not null,
    state text not null default 'OPEN',
    node text,
    fence bigint not null default 0,
    lease_until timestamptz,
    attempts integer not null default 0,
    retry_at timestamptz,
    error text,
    after_wallet uuid,
    wallets_planned integer not null default 0,
    wallets integer not null default 0,
    documents integer not null default 0,
    lines bigint not null default 0,
    net numeric(20, 8) not null default 0,
    waiting integer not null default 0,
    opened_at timestamptz not null default clock_timestamp(),
    started_at timestamptz,
    ended_at timestamptz,
    constraint invoicing_run_pk primary key (id),
    constraint invoicing_run_month_uq unique (tenant, month),
    constraint invoicing_run_role_ck check (tenant_role = 'tn_' || replace(tenant, '-', '_')),
    constraint invoicing_run_month_ck check (extract(day from month) = 1),
    constraint invoicing_run_due_ck check (due_at >= period_to),
    constraint invoicing_run_state_ck check (state in ('OPEN', 'RUNNING', 'FAILED', 'WAITING', 'DONE')),
    constraint invoicing_run_retry_ck check (state not in ('FAILED', 'WAITING') or retry_at is not null),
    constraint invoicing_run_ended_ck check ((state = 'DONE') = (ended_at is not null))
) with (fillfactor = 70);
create index invoicing_run_unfinished_ix on invoicing_run (tenant, month) where state <> 'DONE';
create index invoicing_run_latest_ix on invoicing_run (month desc, tenant);
comment on table invoicing_run is 'the documents of one month of one tenant, issued wallet by wallet under a lease; a row belongs to tenant; after_wallet: progress of the current pass; waiting: wallets of it that cannot have their document yet, for which there is another pass';
alter table invoicing_run enable row level security;
alter table invoicing_run force row level security;
create policy invoicing_run_own on invoicing_run using (tenant_role = current_user::text);
create policy invoicing_run_worker on invoicing_run to tenantry_worker using (true);
create policy invoicing_run_auditor on invoicing_run for select to tenantry_auditor using (true);
grant select, insert, update on invoicing_run to tenantry_tenant;
