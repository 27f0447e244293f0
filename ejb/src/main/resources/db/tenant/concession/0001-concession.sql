--liquibase formatted sql

--changeset concession:0001
--comment Debts that will not be paid have an account of their own, and what is given up for customers is kept with who asked and who decided. All of it is the reseller's.
alter table ledger_account drop constraint ledger_account_kind_ck;
alter table ledger_account add constraint ledger_account_kind_ck
    check (kind in ('WALLET', 'REVENUE', 'CASH', 'ADJUSTMENT', 'ROUNDING', 'TAX', 'WRITE_OFF'));
alter table datev_account drop constraint datev_account_kind_ck;
alter table datev_account add constraint datev_account_kind_ck
    check (kind in ('WALLET', 'REVENUE', 'CASH', 'ADJUSTMENT', 'ROUNDING', 'TAX', 'WRITE_OFF'));

create table concession_limit (
    id bigint generated always as identity,
    currency char(3) not null,
    amount numeric(20, 8),
    noted_at timestamptz not null,
    noted_by text not null,
    constraint concession_limit_pk primary key (id),
    constraint concession_limit_amount_ck check (amount >= 0)
);
comment on table concession_limit is 'append-only: above how much in a day somebody else approves what is given up for a customer; the latest row holds; amount null: nobody does';

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
    constraint concession_kind_ck check (kind in ('CREDIT', 'WRITE_OFF')),
    constraint concession_counterpart_ck check (
        case kind when 'WRITE_OFF' then counterpart = 'WRITE_OFF' else counterpart in ('CASH', 'ADJUSTMENT') end),
    constraint concession_ground_ck check (
        ground in ('GOODWILL', 'OUTAGE', 'MISTAKE', 'PAYMENT', 'INSOLVENT', 'UNREACHABLE', 'DISPUTED', 'NOT_WORTH', 'OTHER')),
    constraint concession_amount_ck check (amount > 0),
    constraint concession_reason_ck check (length(trim(reason)) between 1 and 200),
    constraint concession_expiry_ck check (expires_at > asked_at)
);
create index concession_wallet_ix on concession (wallet_id, asked_at);
create index concession_asked_ix on concession (asked_at desc);
comment on table concession is 'append-only: money put into a wallet by hand, or a debt written off, as somebody asked for it; expires_at: until when somebody else may approve it; null: it was done at once';

create table concession_decision (
    concession_id uuid not null,
    outcome text not null,
    decided_at timestamptz not null,
    decided_by uuid,
    decided_by_name text not null,
    remark text,
    entry_id bigint,
    constraint concession_decision_pk primary key (concession_id),
    constraint concession_decision_concession_fk foreign key (concession_id) references concession (id),
    constraint concession_decision_entry_fk foreign key (entry_id) references journal_entry (id),
    constraint concession_decision_entry_uq unique (entry_id),
    constraint concession_decision_outcome_ck check (outcome in ('DONE', 'REFUSED', 'WITHDRAWN')),
    constraint concession_decision_done_ck check ((outcome = 'DONE') = (entry_id is not null)),
    constraint concession_decision_remark_ck check (length(remark) between 1 and 200)
);
create index concession_decision_at_ix on concession_decision (decided_at);
comment on table concession_decision is 'append-only: what became of a concession, once; entry_id: by which entry its money moved';

create trigger concession_limit_immutable before update or delete or truncate on concession_limit
    for each statement execute function refuse_history_change();
create trigger concession_immutable before update or delete or truncate on concession
    for each statement execute function refuse_history_change();
create trigger concession_decision_immutable before update or delete or truncate on concession_decision
    for each statement execute function refuse_history_change();
--rollback drop table concession_decision; drop table concession; drop table concession_limit; alter table datev_account drop constraint datev_account_kind_ck; alter table datev_account add constraint datev_account_kind_ck check (kind in ('WALLET', 'REVENUE', 'CASH', 'ADJUSTMENT', 'ROUNDING', 'TAX')); alter table ledger_account drop constraint ledger_account_kind_ck; alter table ledger_account add constraint ledger_account_kind_ck check (kind in ('WALLET', 'REVENUE', 'CASH', 'ADJUSTMENT', 'ROUNDING', 'TAX'));

--changeset concession:0002 splitStatements:false
--comment Nobody decides on what they asked for themselves, nobody takes back what others asked for, and no decision is made too late or without the money.
create function check_concession_decision() returns trigger language plpgsql as $$
declare
    asked record;
begin
    select c.*, e.id as entry into asked
      from concession c
      left join journal_entry e on e.id = new.entry_id and e.idempotency_key = 'concession:' || c.id
     where c.id = new.concession_id;
    if new.outcome = 'DONE' and asked.entry is null then
        raise exception 'concession % is not what entry % moved', new.concession_id, new.entry_id
            using errcode = 'restrict_violation';
    end if;
    if asked.expires_at is null and new.outcome <> 'DONE' then
        raise exception 'concession % waits for nobody', new.concession_id using errcode = 'restrict_violation';
    end if;
    if new.outcome = 'WITHDRAWN' and new.decided_by is distinct from asked.asked_by then
        raise exception 'concession % is taken back by who asked for it', new.concession_id
            using errcode = 'restrict_violation';
    end if;
    if asked.expires_at is not null and new.outcome <> 'WITHDRAWN'
       and (new.decided_by is null or new.decided_by = asked.asked_by) then
        raise exception 'concession % is decided on by somebody else than who asked for it', new.concession_id
            using errcode = 'restrict_violation';
    end if;
    if new.decided_at >= asked.expires_at then
        raise exception 'concession % has expired', new.concession_id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;

create trigger concession_decision_checked before insert on concession_decision
    for each row execute function check_concession_decision();
--rollback drop trigger concession_decision_checked on concession_decision; drop function check_concession_decision;
