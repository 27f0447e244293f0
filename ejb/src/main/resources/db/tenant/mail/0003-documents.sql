--liquibase formatted sql

--changeset mail:0003
--comment Documents go out by mail: which of them is due, what a mail has attached, and whether the reseller and the customer want it.
create table invoice_mailing (
    invoice_id uuid not null,
    state text not null default 'DUE',
    queued_at timestamptz not null,
    decided_at timestamptz,
    constraint invoice_mailing_pk primary key (invoice_id),
    constraint invoice_mailing_state_ck check (state in ('DUE', 'WRITTEN', 'NOBODY', 'OFF')),
    constraint invoice_mailing_decided_ck check ((state = 'DUE') = (decided_at is null))
);
create index invoice_mailing_due_ix on invoice_mailing (queued_at) where state = 'DUE';
comment on table invoice_mailing is 'Documents whose letters are to be written, noted in the transaction that issues them. WRITTEN: letters are in the outbox; NOBODY: there was nobody to write to; OFF: the reseller does not mail documents. A document without a row was issued before documents were mailed. No foreign key, because a batch writes a thousand at once, from the documents themselves';

create table invoice_wish (
    organization_id uuid not null,
    xrechnung boolean not null,
    changed_at timestamptz not null,
    constraint invoice_wish_pk primary key (organization_id),
    constraint invoice_wish_organization_fk foreign key (organization_id) references organization (id)
);
comment on table invoice_wish is 'What an organization wants to get with its documents; xrechnung: that as a file of its own beside the PDF';

alter table invoice_policy add column mailed boolean not null default true;
comment on column invoice_policy.mailed is 'whether documents go out by mail when they are issued';

alter table mail add column invoice_id uuid;
alter table mail add column attached text[] not null default '{}';
alter table mail add constraint mail_invoice_fk foreign key (invoice_id) references invoice (id);
alter table mail add constraint mail_attached_ck check (invoice_id is not null or attached = '{}');
create index mail_invoice_ix on mail (invoice_id, created_at) where invoice_id is not null;
comment on column mail.attached is 'as what its document goes with it; the files are made, and kept, when it is sent';
drop index mail_due_ix;
create index mail_due_ix on mail ((invoice_id is not null), next_try_at) where state = 'WAITING';
comment on index mail_due_ix is 'a month''s documents go out after whatever else waits';

alter table mail drop constraint mail_fault_kind_ck;
alter table mail add constraint mail_fault_kind_ck
    check (fault_kind in ('REFUSED', 'PUT_OFF', 'UNREACHED', 'UNANSWERED', 'LOCKED', 'UNWRITTEN', 'UNPRINTED'));
--rollback alter table mail drop constraint mail_fault_kind_ck; alter table mail add constraint mail_fault_kind_ck check (fault_kind in ('REFUSED', 'PUT_OFF', 'UNREACHED', 'UNANSWERED', 'LOCKED', 'UNWRITTEN')); drop index mail_due_ix; create index mail_due_ix on mail (next_try_at) where state = 'WAITING'; alter table mail drop column attached, drop column invoice_id; alter table invoice_policy drop column mailed; drop table invoice_wish; drop table invoice_mailing;

--changeset mail:0004 splitStatements:false
--comment Whatever issues a document notes that it is to go out, in one statement for all of a batch.
create function note_documents_to_mail() returns trigger language plpgsql as $$
begin
    insert into invoice_mailing (invoice_id, queued_at)
    select id, issued_at from added where kind in ('INVOICE', 'CREDIT_NOTE');
    if found then
        perform pg_notify('tenantry_live', current_schema() || ' MAIL -');
    end if;
    return null;
end $$;

create trigger invoice_noted after insert on invoice
    referencing new table as added for each statement execute function note_documents_to_mail();
--rollback drop trigger invoice_noted on invoice; drop function note_documents_to_mail;
