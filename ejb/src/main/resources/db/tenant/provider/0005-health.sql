--liquibase formatted sql

--changeset provider:0005
--comment What staff were told last of whether an account works, so that they are told once.
alter table provider_account add column health_told text;
alter table provider_account add constraint provider_account_health_ck check (health_told in ('WORKS', 'FAILS'));
comment on column provider_account.health_told is 'what staff were told last of whether it works; nothing if it never failed';
--rollback alter table provider_account drop column health_told;
