--liquibase formatted sql

--changeset brand:0006
--comment The logo as brands had it before there were pictures. Nothing has read it since brand:0003 copied it to brand_picture.
alter table brand drop column logo;
comment on table brand is 'How the reseller looks and speaks; the version is part of the addresses, so browsers may keep them';
--rollback alter table brand add column logo bytea, add constraint brand_logo_ck check (octet_length(logo) <= 262144);
