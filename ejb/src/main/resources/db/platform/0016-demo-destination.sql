--liquibase formatted sql

--changeset clock:0002
--comment Where a demo's clock is going, day by day; null where it has been.
alter table moved_clock add column target_seconds bigint;
alter table moved_clock add constraint moved_clock_target_ck check (target_seconds is null or target_seconds > offset_seconds);
--rollback alter table moved_clock drop column target_seconds;
