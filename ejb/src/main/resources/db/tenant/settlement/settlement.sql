--liquibase formatted sql

--changeset settlement:baseline splitStatements:false

-- The reseller's hours by settlement with the platform, and the wholesale price of each.
create table wholesale_month (
    month date not null,
    run_id uuid not null,
    since timestamptz not null,
    period_to timestamptz not null,
    taken_at timestamptz not null,
    constraint wholesale_month_pk primary key (month),
    constraint wholesale_month_run_uq unique (run_id),
    constraint wholesale_month_ck check (extract(day from month) = 1 and since < period_to)
);
comment on table wholesale_month is 'append-only: a month computed for its settlement, by that run of the platform; later records belong to the next month';
create trigger wholesale_month_immutable before update or delete or truncate on wholesale_month
    for each statement execute function refuse_history_change();

create table settled_period (
    rated_period_id bigint not null,
    month date not null,
    of_month date not null,
    provider text not null,
    wholesale numeric(20, 8) not null,
    revenue numeric(20, 8) not null,
    constraint settled_period_pk primary key (rated_period_id),
    constraint settled_period_month_fk foreign key (month) references wholesale_month (month),
    constraint settled_period_of_ck check (of_month <= month),
    constraint settled_period_wholesale_ck check (wholesale >= 0)
);
create index settled_period_month_ix on settled_period (month);
comment on table settled_period is 'append-only: a rated period is in one settlement only; wholesale: by the wholesale price of its price version and the rule of charging; revenue: its revenue, without tax; of_month: its month, before month if it was recorded late';
comment on column settled_period.revenue is 'its revenue, without tax, in the currency of the books';
create trigger settled_period_immutable before update or delete or truncate on settled_period
    for each statement execute function refuse_history_change();

create table settled_item (
    item_id bigint not null,
    month date not null,
    of_month date not null,
    revenue numeric(20, 8) not null,
    constraint settled_item_pk primary key (item_id),
    constraint settled_item_month_fk foreign key (month) references wholesale_month (month),
    constraint settled_item_of_ck check (of_month <= month)
);
create index settled_item_month_ix on settled_item (month);
comment on table settled_item is 'append-only: an item that is not hours is in one settlement only: revenue, or a reduction of it, without tax and without a cost';
comment on column settled_item.revenue is 'its revenue, without tax, in the currency of the books';
create trigger settled_item_immutable before update or delete or truncate on settled_item
    for each statement execute function refuse_history_change();

-- The rates at which a month's revenue in further currencies is converted to the currency of the books.
create table settled_rate (
    month date not null,
    currency char(3) not null,
    per_base_currency numeric(20, 10) not null,
    day date not null,
    source text not null,
    constraint settled_rate_pk primary key (month, currency),
    constraint settled_rate_ck check (per_base_currency > 0 and extract(day from month) = 1 and length(source) > 0)
);
comment on table settled_rate is 'append-only: value of one unit of the books'' currency in another currency at the end of a month that was computed for its settlement';
create trigger settled_rate_immutable before update or delete or truncate on settled_rate
    for each statement execute function refuse_history_change();

-- The wholesale price of each settled hour, and its price list version.
create table settled_price (
    rated_period_id bigint not null,
    segment integer not null,
    starts_at timestamptz not null,
    hours integer not null,
    origin text not null,
    version_id uuid,
    kind text not null,
    account_id uuid,
    provider text not null,
    code text not null,
    region text not null,
    monthly numeric(20, 8) not null,
    wholesale numeric(20, 8) not null,
    constraint settled_price_pk primary key (rated_period_id, segment),
    constraint settled_price_period_fk foreign key (rated_period_id) references settled_period (rated_period_id),
    constraint settled_price_origin_ck check (origin in ('LIST', 'OWN_ACCOUNT', 'MANUAL')),
    constraint settled_price_version_ck check ((origin = 'LIST') = (version_id is not null)),
    constraint settled_price_amount_ck check (hours >= 0 and monthly >= 0 and wholesale >= 0 and (origin <> 'OWN_ACCOUNT' or monthly = 0))
);
comment on table settled_price is 'append-only: the hours of a settled rated period by wholesale price, in order; monthly: for the whole quantity; wholesale: their part of the period''s; segment 0, without hours: the price at the start of the hour in progress, for a period that opened within it; origin MANUAL: the price version''s own, for hours before price lists or for what is on no list; months settled before price lists have none';
create trigger settled_price_immutable before update or delete or truncate on settled_price
    for each statement execute function refuse_history_change();

-- What other packages may read.
create view settled_period_v with (security_invoker) as
select rated_period_id, month, of_month, provider, wholesale, revenue
  from settled_period;
comment on view settled_period_v is 'what the platform takes for a rated period, and what the reseller took';
create view settled_item_v with (security_invoker) as
select item_id, month, of_month, revenue
  from settled_item;
comment on view settled_item_v is 'what the reseller took beside hours';
create view wholesale_month_v with (security_invoker) as
select month
  from wholesale_month;
comment on view wholesale_month_v is 'the months that are settled';
