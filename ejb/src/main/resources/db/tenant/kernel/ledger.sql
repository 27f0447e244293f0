--liquibase formatted sql

--changeset ledger:baseline splitStatements:false

create table ledger_account (
    id uuid not null,
    kind text not null,
    currency char(3) not null,
    opened_at timestamptz not null,
    constraint ledger_account_pk primary key (id),
    constraint ledger_account_kind_ck check (kind in ('WALLET', 'REVENUE', 'CASH', 'ADJUSTMENT', 'ROUNDING', 'TAX', 'WRITE_OFF'))
);
create unique index ledger_account_single_uq on ledger_account (kind, currency) where kind <> 'WALLET';
comment on table ledger_account is 'append-only: the accounts that hold value; one per kind and currency, except one wallet account per wallet';

create table journal_entry (
    id bigint generated always as identity,
    kind text not null,
    source text not null,
    idempotency_key text not null,
    effective_at timestamptz not null,
    posted_at timestamptz not null,
    actor text not null,
    reason text,
    reverses bigint,
    created_in xid8 not null default pg_current_xact_id(),
    constraint journal_entry_pk primary key (id),
    constraint journal_entry_reverses_fk foreign key (reverses) references journal_entry (id),
    constraint journal_entry_key_uq unique (idempotency_key),
    constraint journal_entry_reverses_uq unique (reverses),
    constraint journal_entry_kind_ck check (kind in ('CHARGE', 'CREDIT', 'DEBIT', 'REVERSAL')),
    constraint journal_entry_reversal_ck check ((kind = 'REVERSAL') = (reverses is not null)),
    constraint journal_entry_reason_ck check (kind = 'CHARGE' or length(trim(reason)) > 0)
);
create index journal_entry_item_ix on journal_entry (effective_at) where kind <> 'CHARGE' and source <> 'manual';
-- The journal of any days, newest first, without reading all later entries.
create index journal_entry_effective_ix on journal_entry (effective_at, id);
comment on table journal_entry is 'append-only: balanced business facts';
create constraint trigger journal_entry_balanced after insert on journal_entry
    deferrable initially deferred for each row execute function check_entry_balanced();
create trigger journal_entry_immutable before update or delete or truncate on journal_entry
    for each statement execute function refuse_history_change();

create table posting (
    entry_id bigint not null,
    account_id uuid not null,
    currency char(3) not null,
    amount numeric(20, 8) not null,
    balance_after numeric(20, 8),
    constraint posting_pk primary key (entry_id, account_id),
    constraint posting_amount_ck check (amount <> 0)
);
create index posting_account_ix on posting (account_id, entry_id);
comment on table posting is 'append-only: a posting of an entry; positive is credit, negative is debit; foreign keys are checked set-wise by posting_complete, because a charging batch writes a thousand postings at once';
create trigger posting_complete after insert on posting
    referencing new table as added for each statement execute function check_postings_complete();
create trigger posting_immutable before update or delete or truncate on posting
    for each statement execute function refuse_history_change();
