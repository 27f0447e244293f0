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
    settlement_id uuid,
    attached text[] not null default '{}',
    constraint mail_pk primary key (id),
    constraint mail_idempotency_key_uq unique (idempotency_key),
    constraint mail_state_ck check (state in ('WAITING', 'SENT', 'KEPT', 'FAILED')),
    constraint mail_recipient_ck check (recipient !~ '[[:cntrl:]]' and length(recipient) between 3 and 254),
    constraint mail_attempts_ck check (attempts >= 0),
    constraint mail_no_document_ck check (invoice_id is null and settlement_id is null and attached = '{}'),
    constraint mail_fault_kind_ck check (fault_kind in ('REFUSED', 'DEFERRED', 'UNREACHABLE', 'UNACKNOWLEDGED', 'LOCKED', 'INVALID_ADDRESS', 'ATTACHMENT_FAILED'))
);
create index mail_due_ix on mail (next_try_at) where state = 'WAITING';
create index mail_created_ix on mail (created_at desc);
comment on table mail is 'The outbox for operators, belongs to the platform; variables of a sent email no longer contain the secret of its link';
comment on column mail.fault is 'the mail server''s reply; empty if there was none';
