--liquibase formatted sql

--changeset concession:baseline splitStatements:false

create table concession_limit (
    id bigint generated always as identity,
    currency char(3) not null,
    amount numeric(20, 8),
    noted_at timestamptz not null,
    noted_by text not null,
    subject text not null default 'CONCESSION',
    constraint concession_limit_pk primary key (id),
    constraint concession_limit_amount_ck check (amount >= 0),
    constraint concession_limit_subject_ck check (subject in ('CONCESSION', 'CREDIT_LIMIT'))
);
comment on table concession_limit is 'append-only: above how much in a day somebody else approves what is given up for a customer (CONCESSION), or above which credit limits of a customer (CREDIT_LIMIT); the latest row of each holds; amount null: nobody does';
create trigger concession_limit_immutable before update or delete or truncate on concession_limit
    for each statement execute function refuse_history_change();

create table concession (
    id uuid not null,
    wallet_id uuid not null,
    kind text not null,
    counterpart text not null,
    ground text not null,
    currency char(3) not null,
    amount numeric(20, 8) not null,
    reason text not null,
    asked_at timestamptz not null,
    asked_by uuid,
    asked_by_name text not null,
    expires_at timestamptz,
    constraint concession_pk primary key (id),
    constraint concession_wallet_fk foreign key (wallet_id) references wallet (id),
    constraint concession_amount_ck check (amount > 0),
    constraint concession_reason_ck check (length(trim(reason)) between 1 and 200),
    constraint concession_expiry_ck check (expires_at > asked_at),
    constraint concession_kind_ck check (kind in ('CREDIT', 'WRITE_OFF', 'CREDIT_NOTE', 'VOID', 'CREDIT_LIMIT')),
    constraint concession_counterpart_ck check (
        case when kind = 'WRITE_OFF' then counterpart = 'WRITE_OFF'
             when kind = 'CREDIT' then counterpart in ('CASH', 'ADJUSTMENT')
             when kind = 'CREDIT_LIMIT' then counterpart = 'NONE'
             else counterpart = 'REVENUE' end),
    constraint concession_ground_ck check (
        ground in ('GOODWILL', 'OUTAGE', 'MISTAKE', 'PAYMENT', 'INSOLVENT', 'UNREACHABLE', 'DISPUTED', 'NOT_WORTH', 'OTHER', 'CORRECTION', 'ALLOWANCE')
        and (ground = 'CORRECTION') = (kind in ('CREDIT_NOTE', 'VOID'))
        and (ground = 'ALLOWANCE') = (kind = 'CREDIT_LIMIT'))
);
create index concession_wallet_ix on concession (wallet_id, asked_at);
create index concession_asked_ix on concession (asked_at desc);
comment on table concession is 'append-only: money put into a wallet by hand, a debt written off, lines of an invoice credited, an invoice made void, or a credit limit set, as somebody asked for it; amount: what the wallet gets, with the tax, or the credit limit; expires_at: until when somebody else may approve it; null: it was done at once';
create trigger concession_immutable before update or delete or truncate on concession
    for each statement execute function refuse_history_change();
create constraint trigger concession_whole after insert on concession
    deferrable initially deferred for each row execute function check_concession_is_whole();

create table concession_decision (
    concession_id uuid not null,
    outcome text not null,
    decided_at timestamptz not null,
    decided_by uuid,
    decided_by_name text not null,
    remark text,
    entry_id bigint,
    document_id uuid,
    credit_limit numeric(20, 8),
    constraint concession_decision_pk primary key (concession_id),
    constraint concession_decision_concession_fk foreign key (concession_id) references concession (id),
    constraint concession_decision_entry_fk foreign key (entry_id) references journal_entry (id),
    constraint concession_decision_document_fk foreign key (document_id) references invoice (id),
    constraint concession_decision_entry_uq unique (entry_id),
    constraint concession_decision_document_uq unique (document_id),
    constraint concession_decision_outcome_ck check (outcome in ('DONE', 'REFUSED', 'WITHDRAWN')),
    constraint concession_decision_remark_ck check (length(remark) between 1 and 200),
    constraint concession_decision_done_ck check (
        num_nonnulls(entry_id, document_id, credit_limit) = case when outcome = 'DONE' then 1 else 0 end)
);
create index concession_decision_at_ix on concession_decision (decided_at);
comment on table concession_decision is 'append-only: what became of a concession, once; entry_id: by which entry its money moved; document_id: by which credit note; credit_limit: the limit that was set';
create trigger concession_decision_immutable before update or delete or truncate on concession_decision
    for each statement execute function refuse_history_change();
create trigger concession_decision_checked before insert on concession_decision
    for each row execute function check_concession_decision();

create table concession_document (
    concession_id uuid not null,
    invoice_id uuid not null,
    created_in xid8 not null default pg_current_xact_id(),
    constraint concession_document_pk primary key (concession_id),
    constraint concession_document_concession_fk foreign key (concession_id) references concession (id),
    constraint concession_document_invoice_fk foreign key (invoice_id) references invoice (id)
);
create index concession_document_invoice_ix on concession_document (invoice_id);
comment on table concession_document is 'append-only: the invoice of which a concession credits lines, or which it makes void; it comes in the concession''s transaction';
create trigger concession_document_immutable before update or delete or truncate on concession_document
    for each statement execute function refuse_history_change();

create table concession_line (
    concession_id uuid not null,
    position integer not null,
    amount numeric(20, 8) not null,
    constraint concession_line_pk primary key (concession_id, position),
    constraint concession_line_document_fk foreign key (concession_id) references concession_document (concession_id),
    constraint concession_line_amount_ck check (amount <> 0)
);
comment on table concession_line is 'append-only: how much of a line of the invoice is credited, as the line says it; below zero for what a void takes back that was given back; it comes in the concession''s transaction';
create trigger concession_line_immutable before update or delete or truncate on concession_line
    for each statement execute function refuse_history_change();
create trigger concession_line_complete after insert on concession_line
    referencing new table as added for each statement execute function check_concession_lines();

create table concession_before (
    document_id uuid not null,
    constraint concession_before_pk primary key (document_id),
    constraint concession_before_document_fk foreign key (document_id) references invoice (id)
);
comment on table concession_before is 'append-only: credit notes that were there before each had its concession; nobody adds any';
create trigger concession_before_immutable before insert or update or delete or truncate on concession_before
    for each statement execute function refuse_history_change();

create constraint trigger invoice_is_conceded after insert on invoice
    deferrable initially deferred for each row when (new.kind = 'CREDIT_NOTE') execute function check_credit_is_conceded();
