--liquibase formatted sql

--changeset auditor:baseline splitStatements:false

create table auditor_report (
    id bigint generated always as identity,
    at timestamptz not null default clock_timestamp(),
    tenant text,
    actor text not null,
    invariants integer not null,
    violations integer not null,
    duration_ms bigint not null,
    failure text,
    constraint auditor_report_pk primary key (id)
);
create index auditor_report_tenant_ix on auditor_report (tenant, id desc);
comment on table auditor_report is 'append-only: one row per tenant (null: the platform as a whole) and auditor run; failure: why it could not finish; belongs to the platform';

create table auditor_finding (
    id bigint generated always as identity,
    report_id bigint not null,
    invariant text not null,
    wallet_id uuid,
    detail text not null,
    constraint auditor_finding_pk primary key (id),
    constraint auditor_finding_report_fk foreign key (report_id) references auditor_report (id)
);
create index auditor_finding_report_ix on auditor_finding (report_id, id);
comment on table auditor_finding is 'append-only: violations found by the auditor; a wallet named here was parked; belongs to the platform';
