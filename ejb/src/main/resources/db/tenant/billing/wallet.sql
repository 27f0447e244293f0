--liquibase formatted sql

--changeset wallet:baseline splitStatements:false

create table wallet (
    id uuid not null,
    organization_id uuid not null,
    currency char(3) not null,
    balance numeric(20, 8) not null default 0,
    version bigint not null default 0,
    credit_limit numeric(20, 8) not null default 0,
    hourly_cost numeric(20, 8) not null default 0,
    balance_status smallint not null default 0,
    parked text,
    opened_at timestamptz not null,
    closed_at timestamptz,
    constraint wallet_pk primary key (id),
    constraint wallet_account_fk foreign key (id) references ledger_account (id),
    constraint wallet_organization_uq unique (organization_id, currency),
    constraint wallet_credit_limit_ck check (credit_limit >= 0),
    constraint wallet_balance_status_ck check (balance_status between 0 and 3),
    constraint wallet_closed_ck check (closed_at >= opened_at)
) with (fillfactor = 70);
create unique index wallet_open_uq on wallet (organization_id) where closed_at is null;
comment on table wallet is 'an organization''s prepaid money in one currency; id is its ledger account''s; balance is the sum of that account''s postings, version their number; hourly_cost is the hourly cost of its open rated periods; balance_status: 0 ok, 1 low, 2 empty, 3 beyond the credit limit';
comment on column wallet.closed_at is 'when the organization switched to another currency; empty for the wallet that it pays from';

create table wallet_event (
    id bigint generated always as identity,
    wallet_id uuid not null,
    kind text not null,
    balance numeric(20, 8) not null,
    hourly_cost numeric(20, 8) not null,
    at timestamptz not null,
    constraint wallet_event_pk primary key (id),
    constraint wallet_event_wallet_fk foreign key (wallet_id) references wallet (id),
    constraint wallet_event_kind_ck check (kind in ('LOW', 'EMPTY', 'OVER_LIMIT', 'RECOVERED'))
);
create index wallet_event_wallet_ix on wallet_event (wallet_id, id);
create index wallet_event_at_ix on wallet_event (at);
comment on table wallet_event is 'append-only: a threshold crossed by a wallet; one row each time';
create trigger wallet_event_notified after insert on wallet_event
    referencing new table as added
    for each statement execute function notify_threshold_crossings();

create table wallet_policy (
    one boolean not null default true,
    low_hours integer not null default 72,
    constraint wallet_policy_pk primary key (one),
    constraint wallet_policy_one_ck check (one),
    constraint wallet_policy_low_ck check (low_hours between 1 and 8760)
);
comment on table wallet_policy is 'the reseller''s rules for wallets: a balance that lasts fewer than low_hours is low';
insert into wallet_policy default values;

create table wallet_reservation (
    id uuid not null,
    wallet_id uuid not null,
    service_id uuid not null,
    amount numeric(20, 8) not null,
    state text not null default 'RESERVED',
    reserved_at timestamptz not null,
    until timestamptz not null,
    ended_at timestamptz,
    constraint wallet_reservation_pk primary key (id),
    constraint wallet_reservation_wallet_fk foreign key (wallet_id) references wallet (id),
    constraint wallet_reservation_amount_ck check (amount > 0),
    constraint wallet_reservation_state_ck check (state in ('RESERVED', 'CAPTURED', 'RELEASED')),
    constraint wallet_reservation_until_ck check (until > reserved_at),
    constraint wallet_reservation_ended_ck check ((state = 'RESERVED') = (ended_at is null))
);
create unique index wallet_reservation_service_uq on wallet_reservation (service_id) where state = 'RESERVED';
create index wallet_reservation_wallet_ix on wallet_reservation (wallet_id) where state = 'RESERVED';
comment on table wallet_reservation is 'money set aside for a pending service, outside the books: spendable is the balance plus the credit limit, minus reservations that have not expired; taken when the service is available, released when it is not';

create table entry_tax (
    entry_id bigint not null,
    tax_id bigint not null,
    rate numeric(9, 6) not null,
    included boolean not null,
    amount numeric(20, 8) not null,
    tax numeric(20, 8) not null,
    constraint entry_tax_pk primary key (entry_id),
    constraint entry_tax_entry_fk foreign key (entry_id) references journal_entry (id),
    constraint entry_tax_applied_tax_fk foreign key (tax_id) references applied_tax (id)
);
comment on table entry_tax is 'append-only: the tax of charges that are not hours; amount: at the listed price, positive is payable; tax: within the amount or on top of it';
create trigger entry_tax_immutable before update or delete or truncate on entry_tax
    for each statement execute function refuse_history_change();

-- What other packages may read.
create view wallet_owner_v with (security_invoker) as
select id, organization_id, currency, closed_at
  from wallet;
comment on view wallet_owner_v is 'whose a wallet is, and whether it is still used';
