--liquibase formatted sql

--changeset clock:0003
--comment When a demo was last seen running, by the database's clock; days that go by while it is stopped are lived through at its next start.
alter table moved_clock add column seen_at timestamptz;
--rollback alter table moved_clock drop column seen_at;
