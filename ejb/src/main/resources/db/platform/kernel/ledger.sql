--liquibase formatted sql

--changeset ledger:baseline splitStatements:false

create table ledger_account (
    id uuid not null,
    kind text not null,
    currency char(3) not null,
    opened_at timestamptz not null,
    constraint ledger_account_pk primary key (id),
    constraint ledger_account_kind_ck check (kind in ('WALLET', 'REVENUE', 'CASH', 'ROUNDING', 'TAX'))
);
create unique index ledger_account_single_uq on ledger_account (kind, currency) where kind <> 'WALLET';
comment on table ledger_account is 'append-only: the accounts of the platform''s own books; one per kind and currency, except one wallet account per reseller account';

create table journal_entry (
    id bigint generated always as identity,
    kind text not null,
    source text not null,
    idempotency_key text not null,
    effective_at timestamptz not null,
    posted_at timestamptz not null,
    actor text not null,
    reason text not null,
    reverses bigint,
    created_in xid8 not null default pg_current_xact_id(),
    constraint journal_entry_pk primary key (id),
    constraint journal_entry_reverses_fk foreign key (reverses) references journal_entry (id),
    constraint journal_entry_key_uq unique (idempotency_key),
    constraint journal_entry_reverses_uq unique (reverses),
    constraint journal_entry_kind_ck check (kind in ('CREDIT', 'DEBIT', 'REVERSAL')),
    constraint journal_entry_reversal_ck check ((kind = 'REVERSAL') = (reverses is not null)),
    constraint journal_entry_reason_ck check (length(trim(reason)) > 0)
);
comment on table journal_entry is 'append-only: balanced business facts of the platform''s own books';
create constraint trigger journal_entry_balanced after insert on journal_entry
    deferrable initially deferred for each row execute function check_entry_balanced();
create trigger journal_entry_immutable before update or delete or truncate on journal_entry
    for each statement execute function refuse_settled_change();
alter table journal_entry enable row level security;
create policy journal_entry_platform on journal_entry to tenantry_platform using (true);
create policy journal_entry_auditor on journal_entry for select to tenantry_auditor using (true);

create table posting (
    entry_id bigint not null,
    account_id uuid not null,
    currency char(3) not null,
    amount numeric(20, 8) not null,
    balance_after numeric(20, 8),
    constraint posting_pk primary key (entry_id, account_id),
    constraint posting_entry_fk foreign key (entry_id) references journal_entry (id),
    constraint posting_account_fk foreign key (account_id) references ledger_account (id),
    constraint posting_amount_ck check (amount <> 0)
);
create index posting_account_ix on posting (account_id, entry_id);
comment on table posting is 'append-only: a posting of an entry of the platform''s own books; positive is credit, negative is debit';
create trigger posting_complete before insert on posting
    for each row execute function check_posting();
create trigger posting_immutable before update or delete or truncate on posting
    for each statement execute function refuse_settled_change();
alter table posting enable row level security;
create policy posting_platform on posting to tenantry_platform using (true);
create policy posting_auditor on posting for select to tenantry_auditor using (true);
create policy journal_entry_own on journal_entry for select to tenantry_tenant
    using (exists (select from posting p where p.entry_id = journal_entry.id));
