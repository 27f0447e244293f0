--liquibase formatted sql

--changeset wallet:0002
create table wallet_hold (
    id uuid not null,
    wallet_id uuid not null,
    service_id uuid not null,
    amount numeric(20, 8) not null,
    state text not null default 'HELD',
    held_at timestamptz not null,
    until timestamptz not null,
    ended_at timestamptz,
    constraint wallet_hold_pk primary key (id),
    constraint wallet_hold_wallet_fk foreign key (wallet_id) references wallet (id),
    constraint wallet_hold_amount_ck check (amount > 0),
    constraint wallet_hold_state_ck check (state in ('HELD', 'TAKEN', 'RELEASED')),
    constraint wallet_hold_until_ck check (until > held_at),
    constraint wallet_hold_ended_ck check ((state = 'HELD') = (ended_at is null))
);
create unique index wallet_hold_service_uq on wallet_hold (service_id) where state = 'HELD';
create index wallet_hold_wallet_ix on wallet_hold (wallet_id) where state = 'HELD';
comment on table wallet_hold is 'money set aside for a service on its way, beside the books: what may be spent is the balance, plus the credit limit, less what is held and not past its end; taken when the service comes up, released when it does not';
--rollback drop table wallet_hold;
