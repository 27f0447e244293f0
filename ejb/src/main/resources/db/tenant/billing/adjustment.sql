--liquibase formatted sql

--changeset adjustment:baseline splitStatements:false

create table approval_limit (
    id bigint generated always as identity,
    currency char(3) not null,
    amount numeric(20, 8),
    recorded_at timestamptz not null,
    recorded_by text not null,
    subject text not null default 'ADJUSTMENT',
    constraint approval_limit_pk primary key (id),
    constraint approval_limit_amount_ck check (amount >= 0),
    constraint approval_limit_subject_ck check (subject in ('ADJUSTMENT', 'CREDIT_LIMIT'))
);
comment on table approval_limit is 'append-only: daily amount above which another person approves adjustments for a customer (ADJUSTMENT), or limit above which a customer''s credit limits need approval (CREDIT_LIMIT); the latest row of each applies; amount null: no approval';
create trigger approval_limit_immutable before update or delete or truncate on approval_limit
    for each statement execute function refuse_history_change();

create table adjustment (
    id uuid not null,
    wallet_id uuid not null,
    kind text not null,
    counterpart text not null,
    reason_code text not null,
    currency char(3) not null,
    amount numeric(20, 8) not null,
    reason text not null,
    requested_at timestamptz not null,
    requested_by uuid,
    requested_by_name text not null,
    expires_at timestamptz,
    constraint adjustment_pk primary key (id),
    constraint adjustment_wallet_fk foreign key (wallet_id) references wallet (id),
    constraint adjustment_amount_ck check (amount > 0),
    constraint adjustment_reason_ck check (length(trim(reason)) between 1 and 200),
    constraint adjustment_expiry_ck check (expires_at > requested_at),
    constraint adjustment_kind_ck check (kind in ('CREDIT', 'WRITE_OFF', 'CREDIT_NOTE', 'VOID', 'CREDIT_LIMIT')),
    constraint adjustment_counterpart_ck check (
        case when kind = 'WRITE_OFF' then counterpart = 'WRITE_OFF'
             when kind = 'CREDIT' then counterpart in ('CASH', 'ADJUSTMENT')
             when kind = 'CREDIT_LIMIT' then counterpart = 'NONE'
             else counterpart = 'REVENUE' end),
    constraint adjustment_reason_code_ck check (
        reason_code in ('GOODWILL', 'OUTAGE', 'MISTAKE', 'PAYMENT', 'INSOLVENT', 'UNREACHABLE', 'DISPUTED', 'UNECONOMICAL', 'OTHER', 'CORRECTION', 'ALLOWANCE')
        and (reason_code = 'CORRECTION') = (kind in ('CREDIT_NOTE', 'VOID'))
        and (reason_code = 'ALLOWANCE') = (kind = 'CREDIT_LIMIT'))
);
create index adjustment_wallet_ix on adjustment (wallet_id, requested_at);
create index adjustment_asked_ix on adjustment (requested_at desc);
comment on table adjustment is 'append-only: money put into a wallet by hand, a debt written off, lines of an invoice credited, an invoice voided, or a credit limit set, as requested; amount: credited to the wallet, with the tax, or the credit limit; expires_at: until when another person may approve it; null: it was executed at once';
create trigger adjustment_immutable before update or delete or truncate on adjustment
    for each statement execute function refuse_history_change();
create constraint trigger adjustment_whole after insert on adjustment
    deferrable initially deferred for each row execute function check_adjustment_is_whole();

create table adjustment_decision (
    adjustment_id uuid not null,
    outcome text not null,
    decided_at timestamptz not null,
    decided_by uuid,
    decided_by_name text not null,
    remark text,
    entry_id bigint,
    document_id uuid,
    credit_limit numeric(20, 8),
    constraint adjustment_decision_pk primary key (adjustment_id),
    constraint adjustment_decision_adjustment_fk foreign key (adjustment_id) references adjustment (id),
    constraint adjustment_decision_entry_fk foreign key (entry_id) references journal_entry (id),
    constraint adjustment_decision_document_fk foreign key (document_id) references invoice (id),
    constraint adjustment_decision_entry_uq unique (entry_id),
    constraint adjustment_decision_document_uq unique (document_id),
    constraint adjustment_decision_outcome_ck check (outcome in ('DONE', 'REFUSED', 'WITHDRAWN')),
    constraint adjustment_decision_remark_ck check (length(remark) between 1 and 200),
    constraint adjustment_decision_done_ck check (
        num_nonnulls(entry_id, document_id, credit_limit) = case when outcome = 'DONE' then 1 else 0 end)
);
create index adjustment_decision_at_ix on adjustment_decision (decided_at);
comment on table adjustment_decision is 'append-only: the decision on an adjustment, once; entry_id: the entry that moved its money; document_id: its credit note; credit_limit: the limit that was set';
create trigger adjustment_decision_immutable before update or delete or truncate on adjustment_decision
    for each statement execute function refuse_history_change();
create trigger adjustment_decision_checked before insert on adjustment_decision
    for each row execute function check_adjustment_decision();

create table adjustment_invoice (
    adjustment_id uuid not null,
    invoice_id uuid not null,
    created_in xid8 not null default pg_current_xact_id(),
    constraint adjustment_invoice_pk primary key (adjustment_id),
    constraint adjustment_invoice_adjustment_fk foreign key (adjustment_id) references adjustment (id),
    constraint adjustment_invoice_invoice_fk foreign key (invoice_id) references invoice (id)
);
create index adjustment_invoice_invoice_ix on adjustment_invoice (invoice_id);
comment on table adjustment_invoice is 'append-only: the invoice whose lines an adjustment credits, or which it voids; written in the adjustment''s transaction';
create trigger adjustment_document_immutable before update or delete or truncate on adjustment_invoice
    for each statement execute function refuse_history_change();

create table adjustment_line (
    adjustment_id uuid not null,
    position integer not null,
    amount numeric(20, 8) not null,
    constraint adjustment_line_pk primary key (adjustment_id, position),
    constraint adjustment_line_document_fk foreign key (adjustment_id) references adjustment_invoice (adjustment_id),
    constraint adjustment_line_amount_ck check (amount <> 0)
);
comment on table adjustment_line is 'append-only: credited amount of a line of the invoice, with the line''s sign; below zero for a credit that a void takes back; written in the adjustment''s transaction';
create trigger adjustment_line_immutable before update or delete or truncate on adjustment_line
    for each statement execute function refuse_history_change();
create trigger adjustment_line_complete after insert on adjustment_line
    referencing new table as added for each statement execute function check_adjustment_lines();

create table preapproved_document (
    document_id uuid not null,
    constraint preapproved_document_pk primary key (document_id),
    constraint preapproved_document_document_fk foreign key (document_id) references invoice (id)
);
comment on table preapproved_document is 'append-only: credit notes that existed before each had an adjustment; no rows are added';
create trigger adjustment_before_immutable before insert or update or delete or truncate on preapproved_document
    for each statement execute function refuse_history_change();

create constraint trigger invoice_is_conceded after insert on invoice
    deferrable initially deferred for each row when (new.kind = 'CREDIT_NOTE') execute function check_credit_note_is_requested();
