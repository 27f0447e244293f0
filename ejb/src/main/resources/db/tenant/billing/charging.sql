--liquibase formatted sql

--changeset charging:baseline splitStatements:false

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
    added integer not null default 0,
    tax_id bigint,
    tax_rate numeric(9, 6) not null default 0,
    tax_included boolean not null default false,
    constraint rated_period_pk primary key (id),
    constraint rated_period_wallet_fk foreign key (wallet_id) references wallet (id),
    constraint rated_period_price_fk foreign key (price_version_id) references price_version (id),
    constraint rated_period_hours_ck check (hours >= 0 and surcharge >= 0),
    constraint rated_period_watermark_ck check (charged_until = starts_at + hours * interval '1 hour'),
    constraint rated_period_amount_ck check (amount = least(cap, surcharge + hours * hourly) and cap >= 0),
    constraint rated_period_added_ck check (added between 0 and hours)
) with (fillfactor = 70);
create unique index rated_period_open_uq on rated_period (service_id) where open;
create index rated_period_due_ix on rated_period (wallet_id) where open;
create index rated_period_service_ix on rated_period (service_id, id);
create index rated_period_month_ix on rated_period (month_ends_at, service_id);
comment on index rated_period_month_ix is 'monthly cost by service; neither column changes when an hour is charged, so that an hour stays an in-place (HOT) update';
create index rated_period_closed_ix on rated_period (wallet_id, month_ends_at) where not open;
comment on index rated_period_closed_ix is 'for documents; excludes open periods, so that charging, which only reads those, is never planned with it';
comment on table rated_period is 'a service at one price within one calendar month; the open one is the watermark that charging extends; no index on columns changed by an hour, so that an hour is an in-place (HOT) update';
comment on column rated_period.added is 'hours added by the latest charge, from which it computes the amount without reading the previous row version';
comment on column rated_period.tax_rate is 'the rate at which its hours are taxed; like its price, it never changes';

-- Temporary pauses of a service's charging.
create table charge_pause (
    closed_id bigint not null,
    service_id uuid not null,
    paused_at timestamptz not null,
    resumed_at timestamptz,
    constraint charge_pause_pk primary key (closed_id),
    constraint charge_pause_period_fk foreign key (closed_id) references rated_period (id),
    constraint charge_pause_times_ck check (resumed_at >= paused_at)
);
create unique index charge_pause_open_uq on charge_pause (service_id) where resumed_at is null;
create index charge_pause_service_ix on charge_pause (service_id, closed_id);
comment on table charge_pause is 'a service charged up to paused_at and again from resumed_at on, or never if it ended before; closed_id: its last rated period before the pause, which the next one follows';
create trigger charge_pause_guarded before update on charge_pause for each row execute function refuse_pause_change();
create trigger charge_pause_not_deleted before delete or truncate on charge_pause
    for each statement execute function refuse_history_change();

-- What other packages may read.
create view open_period_v with (security_invoker) as
select wallet_id, currency, hourly, tax_rate, tax_included
  from rated_period
 where open;
comment on view open_period_v is 'what runs on a wallet, at which price';
