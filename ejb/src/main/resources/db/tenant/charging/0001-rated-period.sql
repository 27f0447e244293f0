--liquibase formatted sql

--changeset charging:0001
create table rated_period (
    id bigint generated always as identity,
    service_id uuid not null,
    wallet_id uuid not null,
    price_version_id uuid not null,
    currency char(3) not null,
    hourly numeric(20, 8) not null,
    starts_at timestamptz not null,
    month_ends_at timestamptz not null,
    charged_until timestamptz not null,
    hours integer not null default 0,
    surcharge numeric(20, 8) not null default 0,
    month_cap numeric(20, 8) not null,
    cap numeric(20, 8) not null,
    amount numeric(20, 8) not null default 0,
    open boolean not null default true,
    constraint rated_period_pk primary key (id),
    constraint rated_period_wallet_fk foreign key (wallet_id) references wallet (id),
    constraint rated_period_price_fk foreign key (price_version_id) references price_version (id),
    constraint rated_period_hours_ck check (hours >= 0 and surcharge >= 0),
    constraint rated_period_watermark_ck check (charged_until = starts_at + hours * interval '1 hour'),
    constraint rated_period_amount_ck check (amount = least(cap, surcharge + hours * hourly) and cap >= 0)
) with (fillfactor = 70);
create unique index rated_period_open_uq on rated_period (service_id) where open;
create index rated_period_due_ix on rated_period (wallet_id) where open;
create index rated_period_service_ix on rated_period (service_id, id);
comment on table rated_period is 'a service at one price within one calendar month; the open one is the watermark that charging extends; no index on what an hour changes, so that an hour is an update in place';
--rollback drop table rated_period;
