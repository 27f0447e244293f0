-- Makes an empty PostgreSQL (15 or later) ready for Tenantry: its roles, its database, and the tables of the job repository.
-- Everything else is created by the application when it starts. May be run again at any time.
--
-- As a superuser, connected to the database "postgres", with psql 15 or later and the passwords in the environment, where other
-- users of the machine do not see them:
--   psql -d postgres -f bootstrap.sql

\set ON_ERROR_STOP on
\set tenantry_password ''
\set tenantry_admin_password ''
\set tenantry_batch_password ''
\getenv tenantry_password TENANTRY_DB_PASSWORD
\getenv tenantry_admin_password TENANTRY_DB_ADMIN_PASSWORD
\getenv tenantry_batch_password TENANTRY_DB_BATCH_PASSWORD

-- Passwords do not belong in the server's log.
set log_statement = 'none';
set log_min_duration_statement = -1;

-- Stops here without a password: an empty one would be removed from the role.
select format('do %L', format('begin raise exception %L; end', 'not set, or empty: ' || missing))
from (
    select concat_ws(
        ', ',
        case when :'tenantry_password' = '' then 'TENANTRY_DB_PASSWORD' end,
        case when :'tenantry_admin_password' = '' then 'TENANTRY_DB_ADMIN_PASSWORD' end,
        case when :'tenantry_batch_password' = '' then 'TENANTRY_DB_BATCH_PASSWORD' end) as missing
) passwords
where missing <> ''
\gexec

-- The application signs in as "tenantry", which may do nothing by itself: it becomes one of the roles granted to it, for one
-- transaction. "tenantry_admin" owns the database, creates tenants and migrates them. "tenantry_batch" is the job repository.
select format('create role %I', r)
from unnest(array['tenantry', 'tenantry_admin', 'tenantry_batch', 'tenantry_platform', 'tenantry_worker', 'tenantry_auditor']) r
where not exists (select from pg_roles where rolname = r)
\gexec

alter role tenantry with login noinherit nocreaterole nocreatedb password :'tenantry_password';
alter role tenantry_admin with login inherit createrole nocreatedb password :'tenantry_admin_password';
alter role tenantry_batch with login noinherit nocreaterole nocreatedb password :'tenantry_batch_password';
alter role tenantry_platform with nologin;
alter role tenantry_worker with nologin;
alter role tenantry_auditor with nologin;

grant tenantry_platform, tenantry_worker, tenantry_auditor to tenantry;
grant tenantry_platform, tenantry_worker, tenantry_auditor to tenantry_admin with admin option;

select 'create database tenantry owner tenantry_admin encoding ''UTF8'' template template0'
where not exists (select from pg_database where datname = 'tenantry')
\gexec

revoke all on database tenantry from public;
grant connect on database tenantry to tenantry, tenantry_batch;
alter role tenantry in database tenantry set search_path = '';
alter role tenantry_admin in database tenantry set search_path = '';
alter role tenantry_batch in database tenantry set search_path = batch;

-- A node that stands still in the middle of a transaction (a paused virtual machine, a host that lost its network) keeps what it
-- has locked, and the other nodes wait for it: no longer than this.
alter role tenantry in database tenantry set idle_in_transaction_session_timeout = '30s';
alter role tenantry_batch in database tenantry set idle_in_transaction_session_timeout = '30s';

\connect tenantry

revoke all on schema public from public;
create schema if not exists batch authorization tenantry_batch;
revoke all on schema batch from public;
grant usage on schema batch to tenantry_auditor;

set role tenantry_batch;
set search_path = batch;

-- The tables of JBeret 3.1.0, as in its jberet-postgresql.ddl, ...
create table if not exists job_instance (
    jobinstanceid bigserial not null primary key,
    version integer,
    jobname varchar(512),
    applicationname varchar(512)
);

create table if not exists job_execution (
    jobexecutionid bigserial not null primary key,
    jobinstanceid bigint not null,
    version integer,
    createtime timestamptz,
    starttime timestamptz,
    endtime timestamptz,
    lastupdatedtime timestamptz,
    batchstatus varchar(30),
    exitstatus varchar(512),
    jobparameters varchar(3000),
    restartposition varchar(255),
    constraint fk_job_execution_job_instance foreign key (jobinstanceid) references job_instance (jobinstanceid) on delete cascade
);

create table if not exists step_execution (
    stepexecutionid bigserial not null primary key,
    jobexecutionid bigint not null,
    version integer,
    stepname varchar(255),
    starttime timestamptz,
    endtime timestamptz,
    batchstatus varchar(30),
    exitstatus varchar(512),
    executionexception varchar(2048),
    persistentuserdata bytea,
    readcount integer,
    writecount integer,
    commitcount integer,
    rollbackcount integer,
    readskipcount integer,
    processskipcount integer,
    filtercount integer,
    writeskipcount integer,
    readercheckpointinfo bytea,
    writercheckpointinfo bytea,
    constraint fk_step_exe_job_exe foreign key (jobexecutionid) references job_execution (jobexecutionid) on delete cascade
);

create table if not exists partition_execution (
    partitionexecutionid integer not null,
    stepexecutionid bigint not null,
    version integer,
    batchstatus varchar(30),
    exitstatus varchar(512),
    executionexception varchar(2048),
    persistentuserdata bytea,
    readercheckpointinfo bytea,
    writercheckpointinfo bytea,
    primary key (partitionexecutionid, stepexecutionid),
    constraint fk_partition_exe_step_exe foreign key (stepexecutionid) references step_execution (stepexecutionid) on delete cascade
);

-- ... and the indexes it lacks.
create index if not exists job_execution_instance_ix on job_execution (jobinstanceid);
create index if not exists job_execution_running_ix on job_execution (batchstatus) where batchstatus in ('STARTING', 'STARTED', 'STOPPING');
create index if not exists step_execution_job_ix on step_execution (jobexecutionid);
create index if not exists partition_execution_step_ix on partition_execution (stepexecutionid);

grant select on job_instance, job_execution, step_execution, partition_execution to tenantry_auditor;

reset role;
