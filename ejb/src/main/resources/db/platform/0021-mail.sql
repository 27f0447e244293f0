--liquibase formatted sql

--changeset operator-mail:0001
--comment Operators get mail about their accounts. The outbox is the tenants' one (mail:0001 and mail:0002); it has no documents.
alter table mail add column invoice_id uuid;
alter table mail add column settlement_id uuid;
alter table mail add column attached text[] not null default '{}';
alter table mail add constraint mail_no_document_ck
    check (invoice_id is null and settlement_id is null and attached = '{}');
alter table mail drop constraint mail_fault_kind_ck;
alter table mail add constraint mail_fault_kind_ck
    check (fault_kind in ('REFUSED', 'PUT_OFF', 'UNREACHED', 'UNANSWERED', 'LOCKED', 'UNWRITTEN', 'UNPRINTED'));
comment on table mail is 'The outbox for operators, belongs to the platform; variables of a mail that was sent no longer hold the secret of its link';
--rollback alter table mail drop constraint mail_fault_kind_ck; alter table mail add constraint mail_fault_kind_ck check (fault_kind in ('REFUSED', 'PUT_OFF', 'UNREACHED', 'UNANSWERED', 'LOCKED', 'UNWRITTEN')); alter table mail drop constraint mail_no_document_ck; alter table mail drop column attached, drop column settlement_id, drop column invoice_id;
