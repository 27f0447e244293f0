--liquibase formatted sql

--changeset mail:0001
--comment Mails to be sent: written in the transaction of what they tell of, sent after it by whichever node comes first.
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
    constraint mail_pk primary key (id),
    constraint mail_idempotency_key_uq unique (idempotency_key),
    constraint mail_state_ck check (state in ('WAITING', 'SENT', 'KEPT', 'FAILED')),
    constraint mail_recipient_ck check (recipient !~ '[[:cntrl:]]' and length(recipient) between 3 and 254),
    constraint mail_attempts_ck check (attempts >= 0)
);
comment on table mail is 'The outbox; variables of a mail that was sent no longer hold the secret of its link';
create index mail_due_ix on mail (next_try_at) where state = 'WAITING';
create index mail_created_ix on mail (created_at desc);
--rollback drop table mail;
