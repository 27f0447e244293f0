--liquibase formatted sql

--changeset settlement:baseline splitStatements:false

-- What of a reseller's hours is in which settlement with the platform, and what each is at wholesale.
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
comment on table wholesale_month is 'append-only: a month was reckoned for its settlement, by that run of the platform; whatever is told later is of the next';
create trigger settled_month_immutable before update or delete or truncate on wholesale_month
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
comment on table settled_period is 'append-only: a rated period is in one settlement, ever; wholesale: by the wholesale price of its price version and the rule of charging; revenue: what it brought, without tax; of_month: when it was, before month if it was told late';
comment on column settled_period.revenue is 'what it brought, without tax, in the currency of the books';
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
comment on table settled_item is 'append-only: what is no hour is in one settlement, ever: revenue, or less of it, without tax and without a cost';
comment on column settled_item.revenue is 'what it brought, without tax, in the currency of the books';
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
comment on table settled_rate is 'append-only: how much of a currency one unit of the currency of the books was worth at the end of a month that was reckoned for its settlement';
create trigger settled_rate_immutable before update or delete or truncate on settled_rate
    for each statement execute function refuse_history_change();

-- At which wholesale price each settled hour was, and by which version of a price list.
create table settled_price (
    rated_period_id bigint not null,
    piece integer not null,
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
    constraint settled_price_pk primary key (rated_period_id, piece),
    constraint settled_price_period_fk foreign key (rated_period_id) references settled_period (rated_period_id),
    constraint settled_price_origin_ck check (origin in ('LIST', 'OWN_ACCOUNT', 'TYPED')),
    constraint settled_price_version_ck check ((origin = 'LIST') = (version_id is not null)),
    constraint settled_price_amount_ck check (hours >= 0 and monthly >= 0 and wholesale >= 0 and (origin <> 'OWN_ACCOUNT' or monthly = 0))
);
comment on table settled_price is 'append-only: the hours of a settled rated period by wholesale price, in order; monthly: of the whole quantity; wholesale: what of the period''s they are; piece 0, without hours: at which price the hour in progress was when it began, of a period that opened within it; origin TYPED: the price version''s own, of hours before price lists or of what no list names; months that were settled before price lists have none';
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
create view settled_month_v with (security_invoker) as
select month
  from wholesale_month;
comment on view settled_month_v is 'the months that are settled';
