--liquibase formatted sql

--changeset cluster:baseline splitStatements:false

create table node (
    name text not null,
    boot uuid not null,
    started_at timestamptz not null default clock_timestamp(),
    seen_at timestamptz not null default clock_timestamp(),
    skew_ms bigint not null default 0,
    -- it has said that it stops; null of one that runs, and of one that died
    stopped_at timestamptz,
    constraint node_pk primary key (name, boot)
);
comment on table node is 'nodes that are or were alive; a row belongs to the platform';
alter table node enable row level security;
alter table node force row level security;
create policy node_worker on node to tenantry_worker using (true);
create policy node_auditor on node for select to tenantry_auditor using (true);

create table job_execution (
    execution_id bigint not null,
    job text not null,
    node text not null,
    boot uuid not null,
    started_at timestamptz not null default clock_timestamp(),
    constraint job_execution_pk primary key (execution_id)
);
comment on table job_execution is 'the node that runs each batch execution, so that one of a dead node can be retired; a row belongs to the platform';
alter table job_execution enable row level security;
alter table job_execution force row level security;
create policy job_execution_worker on job_execution to tenantry_worker using (true);
create policy job_execution_auditor on job_execution for select to tenantry_auditor using (true);
