--liquibase formatted sql

--changeset moving:0001
--comment A tenant that is on its way to another cell; and what the application of this cell makes of tenants' schemas, told at each start.
alter table tenant drop constraint tenant_state_ck;
alter table tenant add constraint tenant_state_ck check (state in ('CREATING', 'ACTIVE', 'SUSPENDED', 'MAINTENANCE', 'MOVING'));
alter table cell add column version text;
alter table cell add column changes text[];
comment on column cell.version is 'what the comment of a tenant''s schema says that is up to date';
comment on column cell.changes is 'every change that the application knows of tenants'' schemas, as author:id; a schema with another is of a newer version';
--rollback alter table cell drop column version, drop column changes;
