--liquibase formatted sql

--changeset identity:invited-name
--comment Until a person whom others know already comes in, the organization that invited them sees what it typed.
alter table membership add column invited_name text;
alter table membership add column invited_at timestamptz;
alter table membership add constraint membership_invited_ck check ((invited_name is null) = (invited_at is null));
--rollback alter table membership drop column invited_name, drop column invited_at;
