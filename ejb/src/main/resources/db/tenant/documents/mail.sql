--liquibase formatted sql

--changeset mail:baseline splitStatements:false

-- Mails to be sent: written in the transaction of what they tell of, sent after it by whichever node comes first.
create table mail (
    id uuid not null,
    letter text not null,
    locale text not null,
    recipient text not null,
    variables jsonb not null,
    state text not null,
    attempts integer not null default 0,
    next_try_at timestamptz not null,
    leased_until timestamptz,
    message_id text,
    fault text,
    idempotency_key text not null,
    created_at timestamptz not null,
    sent_at timestamptz,
    -- why a mail did not go out is a fact, put in words when it is read; beside it stands what the mail server said
    fault_kind text,
    invoice_id uuid,
    attached text[] not null default '{}',
    settlement_id uuid,
    constraint mail_pk primary key (id),
    constraint mail_invoice_fk foreign key (invoice_id) references invoice (id),
    constraint mail_idempotency_key_uq unique (idempotency_key),
    constraint mail_state_ck check (state in ('WAITING', 'SENT', 'KEPT', 'FAILED')),
    constraint mail_recipient_ck check (recipient !~ '[[:cntrl:]]' and length(recipient) between 3 and 254),
    constraint mail_attempts_ck check (attempts >= 0),
    constraint mail_fault_kind_ck check (fault_kind in ('REFUSED', 'PUT_OFF', 'UNREACHED', 'UNANSWERED', 'LOCKED', 'UNWRITTEN', 'UNPRINTED')),
    constraint mail_attached_ck check (attached = '{}' or (invoice_id is null) <> (settlement_id is null))
);
create index mail_created_ix on mail (created_at desc);
create index mail_invoice_ix on mail (invoice_id, created_at) where invoice_id is not null;
create index mail_due_ix on mail ((invoice_id is not null), next_try_at) where state = 'WAITING';
comment on index mail_due_ix is 'a month''s documents go out after whatever else waits';
create index mail_settlement_ix on mail (settlement_id, created_at) where settlement_id is not null;
comment on table mail is 'The outbox; variables of a mail that was sent no longer hold the secret of its link';
comment on column mail.fault is 'what the mail server said to it; empty if it said nothing';
comment on column mail.attached is 'as what its document goes with it; the files are made, and kept, when it is sent';
comment on column mail.settlement_id is 'the settlement or credit note of the platform that it tells of';

-- Documents go out by mail: which of them is due, and which files customers want.
create table invoice_delivery (
    invoice_id uuid not null,
    state text not null default 'DUE',
    queued_at timestamptz not null,
    decided_at timestamptz,
    constraint invoice_delivery_pk primary key (invoice_id),
    constraint invoice_delivery_state_ck check (state in ('DUE', 'WRITTEN', 'NOBODY', 'OFF')),
    constraint invoice_delivery_decided_ck check ((state = 'DUE') = (decided_at is null))
);
create index invoice_delivery_due_ix on invoice_delivery (queued_at) where state = 'DUE';
comment on table invoice_delivery is 'Documents whose letters are to be written, noted in the transaction that issues them. WRITTEN: letters are in the outbox; NOBODY: there was nobody to write to; OFF: the reseller does not mail documents. A document without a row was issued before documents were mailed. No foreign key, because a batch writes a thousand at once, from the documents themselves';

create table invoice_delivery_preference (
    organization_id uuid not null,
    xrechnung boolean not null,
    changed_at timestamptz not null,
    constraint invoice_delivery_preference_pk primary key (organization_id),
    constraint invoice_delivery_preference_organization_fk foreign key (organization_id) references organization (id)
);
comment on table invoice_delivery_preference is 'What an organization wants to get with its documents; xrechnung: that as a file of its own beside the PDF';

-- Settlements of the reseller with the platform, and their credit notes, go out to those who manage its money.
create table settlement_delivery (
    document_id uuid not null,
    state text not null,
    decided_at timestamptz not null,
    constraint settlement_delivery_pk primary key (document_id),
    constraint settlement_delivery_state_ck check (state in ('WRITTEN', 'NOBODY'))
);
comment on table settlement_delivery is 'append-only: settlements and credit notes of the platform, whose rows those are, about whose letters was decided. WRITTEN: letters are in the outbox; NOBODY: there was nobody to write to. One without a row is due, unless it was issued before they were mailed (invoice_policy.settled_mails_from)';
create trigger settlement_mailing_immutable before update or delete or truncate on settlement_delivery
    for each statement execute function refuse_history_change();

create trigger invoice_noted after insert on invoice
    referencing new table as added for each statement execute function note_documents_to_mail();
