--liquibase formatted sql

--changeset tenancy:baseline splitStatements:false

create table cell (
    name text not null,
    version text,
    changes text[],
    constraint cell_pk primary key (name)
);
comment on column cell.version is 'what the comment of a tenant''s schema says that is up to date';
comment on column cell.changes is 'every change that the application knows of tenants'' schemas, as author:id; a schema with another is of a newer version';
insert into cell (name) values ('main');

-- What a reseller may read of the platform is granted with each table, and limited by row-level security.
grant usage on schema platform to tenantry_tenant;

-- PostgreSQL tells a database's size only to those who may connect to it.
do $$ begin execute format('grant connect on database %I to tenantry_platform', current_database()); end $$;
