--liquibase formatted sql

--changeset mail:0005
--comment Settlements of the reseller with the platform, and their credit notes, go out to whoever manages its money.
create table settlement_mailing (
    document_id uuid not null,
    state text not null,
    decided_at timestamptz not null,
    constraint settlement_mailing_pk primary key (document_id),
    constraint settlement_mailing_state_ck check (state in ('WRITTEN', 'NOBODY'))
);
comment on table settlement_mailing is 'append-only: settlements and credit notes of the platform, whose rows those are, about whose letters was decided. WRITTEN: letters are in the outbox; NOBODY: there was nobody to write to. One without a row is due, unless it was issued before they were mailed (invoice_policy.settled_mails_from)';

alter table invoice_policy add column settled_mails_from timestamptz not null default '-infinity';
update invoice_policy set settled_mails_from = now() where exists (select from settled_month);
comment on column invoice_policy.settled_mails_from is 'what the platform settled before is mailed to nobody: whoever was there before settlements were mailed begins when they came';

alter table mail add column settlement_id uuid;
alter table mail drop constraint mail_attached_ck;
alter table mail add constraint mail_attached_ck
    check (attached = '{}' or (invoice_id is null) <> (settlement_id is null));
create index mail_settlement_ix on mail (settlement_id, created_at) where settlement_id is not null;
comment on column mail.settlement_id is 'the settlement or credit note of the platform that it tells of';
--rollback drop index mail_settlement_ix; alter table mail drop constraint mail_attached_ck; alter table mail drop column settlement_id; alter table mail add constraint mail_attached_ck check (invoice_id is not null or attached = '{}'); alter table invoice_policy drop column settled_mails_from; drop table settlement_mailing;

--changeset mail:0006
create trigger settlement_mailing_immutable before update or delete or truncate on settlement_mailing
    for each statement execute function refuse_history_change();
--rollback drop trigger settlement_mailing_immutable on settlement_mailing;
