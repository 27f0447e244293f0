--liquibase formatted sql

--changeset brand:0007
--comment A fourth legal text: the instruction on withdrawal and refunds.
alter table legal_text drop constraint legal_text_kind_ck;
alter table legal_text add constraint legal_text_kind_ck check (kind in ('IMPRINT', 'TERMS', 'PRIVACY', 'WITHDRAWAL'));
--rollback delete from legal_text where kind = 'WITHDRAWAL';
--rollback alter table legal_text drop constraint legal_text_kind_ck;
--rollback alter table legal_text add constraint legal_text_kind_ck check (kind in ('IMPRINT', 'TERMS', 'PRIVACY'));
