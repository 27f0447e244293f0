--liquibase formatted sql

--changeset charging-run:0002
--comment A run that could not even be cut into slices says why, and is tried again later.
alter table charging_run add column attempts integer not null default 0;
alter table charging_run add column error text;
alter table charging_run add column retry_at timestamptz;
--rollback alter table charging_run drop column retry_at, drop column error, drop column attempts;
