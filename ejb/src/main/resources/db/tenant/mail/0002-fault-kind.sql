--liquibase formatted sql

--changeset mail:0002
--comment Why a mail did not go out is a fact, put in words when it is read; beside it stands what the mail server said.
alter table mail add column fault_kind text;
alter table mail add constraint mail_fault_kind_ck
    check (fault_kind in ('REFUSED', 'PUT_OFF', 'UNREACHED', 'UNANSWERED', 'LOCKED', 'UNWRITTEN'));
comment on column mail.fault is 'what the mail server said to it; empty if it said nothing';
--rollback alter table mail drop column fault_kind;
