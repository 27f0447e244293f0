--liquibase formatted sql

--changeset wallet:0001
create table wallet (
    id uuid not null,
    organization_id uuid not null,
    currency char(3) not null,
    balance numeric(20, 8) not null default 0,
    version bigint not null default 0,
    credit_limit numeric(20, 8) not null default 0,
    burn_per_hour numeric(20, 8) not null default 0,
    alert smallint not null default 0,
    parked text,
    opened_at timestamptz not null,
    constraint wallet_pk primary key (id),
    constraint wallet_account_fk foreign key (id) references ledger_account (id),
    constraint wallet_organization_uq unique (organization_id, currency),
    constraint wallet_credit_limit_ck check (credit_limit >= 0),
    constraint wallet_alert_ck check (alert between 0 and 3)
) with (fillfactor = 70);
comment on table wallet is 'an organization''s prepaid money in one currency; id is its ledger account''s; balance is the sum of that account''s postings, version their number; burn_per_hour is what its open rated periods cost an hour; alert: 0 fine, 1 low, 2 empty, 3 beyond the credit limit';

create table wallet_event (
    id bigint generated always as identity,
    wallet_id uuid not null,
    kind text not null,
    balance numeric(20, 8) not null,
    burn_per_hour numeric(20, 8) not null,
    at timestamptz not null,
    constraint wallet_event_pk primary key (id),
    constraint wallet_event_wallet_fk foreign key (wallet_id) references wallet (id),
    constraint wallet_event_kind_ck check (kind in ('LOW', 'EMPTY', 'OVER_LIMIT', 'RECOVERED'))
);
create index wallet_event_wallet_ix on wallet_event (wallet_id, id);
create index wallet_event_at_ix on wallet_event (at);
comment on table wallet_event is 'append-only: a wallet crossed a threshold; once per crossing';

create table wallet_policy (
    one boolean not null default true,
    low_hours integer not null default 72,
    constraint wallet_policy_pk primary key (one),
    constraint wallet_policy_one_ck check (one),
    constraint wallet_policy_low_ck check (low_hours between 1 and 8760)
);
insert into wallet_policy default values;
comment on table wallet_policy is 'the reseller''s rules for wallets: a balance that lasts fewer than low_hours is low';
--rollback drop table wallet_policy; drop table wallet_event; drop table wallet;
