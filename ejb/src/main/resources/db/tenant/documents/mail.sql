--liquibase formatted sql

--changeset mail:baseline splitStatements:false

-- Emails to be sent: written in the transaction that they report, sent afterwards by any node.
create table mail (
    id uuid not null,
    template text not null,
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
    -- the reason of a failure is stored as a code and put into words when it is read; beside it is the mail server's reply
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
    constraint mail_fault_kind_ck check (fault_kind in ('REFUSED', 'DEFERRED', 'UNREACHABLE', 'UNACKNOWLEDGED', 'LOCKED', 'INVALID_ADDRESS', 'ATTACHMENT_FAILED')),
    constraint mail_attached_ck check (attached = '{}' or (invoice_id is null) <> (settlement_id is null))
);
create index mail_created_ix on mail (created_at desc);
create index mail_invoice_ix on mail (invoice_id, created_at) where invoice_id is not null;
create index mail_due_ix on mail ((invoice_id is not null), next_try_at) where state = 'WAITING';
comment on index mail_due_ix is 'a month''s documents are sent after all other pending emails';
create index mail_settlement_ix on mail (settlement_id, created_at) where settlement_id is not null;
comment on table mail is 'The outbox; variables of a sent email no longer contain the secret of its link';
comment on column mail.fault is 'the mail server''s reply; empty if there was none';
comment on column mail.attached is 'the format of the attached document; the files are created, and kept, when it is sent';
comment on column mail.settlement_id is 'the settlement or credit note of the platform that it is about';

-- Emailing of documents: which are due, and which files customers want.
create table invoice_delivery (
    invoice_id uuid not null,
    state text not null default 'DUE',
    queued_at timestamptz not null,
    decided_at timestamptz,
    constraint invoice_delivery_pk primary key (invoice_id),
    constraint invoice_delivery_state_ck check (state in ('DUE', 'QUEUED', 'NO_RECIPIENT', 'OFF')),
    constraint invoice_delivery_decided_ck check ((state = 'DUE') = (decided_at is null))
);
create index invoice_delivery_due_ix on invoice_delivery (queued_at) where state = 'DUE';
comment on table invoice_delivery is 'Documents whose emails are to be written, recorded in the transaction that issues them. QUEUED: emails are in the outbox; NO_RECIPIENT: there was no recipient; OFF: the reseller does not email documents. A document without a row was issued before documents were emailed. No foreign key, because a batch writes a thousand at once, from the documents themselves';

create table invoice_delivery_preference (
    organization_id uuid not null,
    xrechnung boolean not null,
    changed_at timestamptz not null,
    constraint invoice_delivery_preference_pk primary key (organization_id),
    constraint invoice_delivery_preference_organization_fk foreign key (organization_id) references organization (id)
);
comment on table invoice_delivery_preference is 'Files that an organization wants with its documents; xrechnung: that as a separate file beside the PDF';

-- The reseller's settlements with the platform, and their credit notes, are emailed to the people who manage its money.
create table settlement_delivery (
    document_id uuid not null,
    state text not null,
    decided_at timestamptz not null,
    constraint settlement_delivery_pk primary key (document_id),
    constraint settlement_delivery_state_ck check (state in ('QUEUED', 'NO_RECIPIENT'))
);
comment on table settlement_delivery is 'append-only: settlements and credit notes of the platform, to which those rows belong, whose emailing has been decided. QUEUED: emails are in the outbox; NO_RECIPIENT: there was no recipient. One without a row is due, unless it was issued before they were emailed (invoice_policy.settlement_mails_from)';
create trigger settlement_delivery_immutable before update or delete or truncate on settlement_delivery
    for each statement execute function refuse_history_change();

create trigger invoice_delivery_queued after insert on invoice
    referencing new table as added for each statement execute function queue_invoice_delivery();
