--liquibase formatted sql

--changeset audit-check:0001
create table audit_check (
    day date not null,
    began_at timestamptz not null,
    ended_at timestamptz,
    node text not null,
    trails integer not null default 0,
    faults integer not null default 0,
    file text,
    constraint audit_check_pk primary key (day)
);
comment on table audit_check is 'a row per night: the audit trails of the platform and of all tenants were verified and their heads kept in a file of that node; belongs to the platform';
--rollback drop table audit_check;
