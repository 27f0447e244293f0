--liquibase formatted sql

--changeset catalog:baseline splitStatements:false

create table category (
    code text not null,
    name text not null,
    position integer not null,
    constraint category_pk primary key (code)
);
comment on table category is 'groups of plans as the reseller shows them';

create table region (
    code text not null,
    name text not null,
    country char(2) not null,
    constraint region_pk primary key (code)
);
comment on table region is 'where services can run';

create table plan (
    id uuid not null,
    code text not null,
    name text not null,
    category text not null,
    vcpus integer not null,
    memory_mib integer not null,
    disk_gib integer not null,
    transfer_gib integer not null,
    state text not null,
    created_at timestamptz not null,
    position integer not null default 0,
    transfer_unlimited boolean not null default false,
    constraint plan_pk primary key (id),
    constraint plan_category_fk foreign key (category) references category (code),
    constraint plan_code_uq unique (code),
    constraint plan_state_ck check (state in ('DRAFT', 'ON_SALE', 'RETIRED')),
    constraint plan_size_ck check (vcpus > 0 and memory_mib > 0 and disk_gib >= 0 and transfer_gib >= 0),
    constraint plan_position_ck check (position between 0 and 10000),
    constraint plan_transfer_ck check (not transfer_unlimited or transfer_gib = 0)
);
comment on table plan is 'technical sizes sold by a reseller';
comment on column plan.position is 'position of the plan in its group, the smallest first';
comment on column plan.transfer_unlimited is 'no transfer is charged beyond the included amount';

create table plan_region (
    plan_id uuid not null,
    region text not null,
    constraint plan_region_pk primary key (plan_id, region),
    constraint plan_region_plan_fk foreign key (plan_id) references plan (id),
    constraint plan_region_region_fk foreign key (region) references region (code)
);
comment on table plan_region is 'where a plan is sold';

create table price_version (
    id uuid not null,
    plan_id uuid,
    version integer not null,
    currency char(3) not null,
    monthly numeric(20, 8) not null,
    hourly numeric(20, 8) not null,
    wholesale_monthly numeric(20, 8) not null,
    valid_from timestamptz not null,
    published_at timestamptz not null,
    published_by text not null,
    addon_price_id uuid,
    quantity integer,
    constraint price_version_pk primary key (id),
    constraint price_version_plan_fk foreign key (plan_id) references plan (id),
    constraint price_version_plan_version_uq unique (plan_id, version),
    constraint price_version_amount_ck check (monthly >= 0 and wholesale_monthly >= 0),
    constraint price_version_hourly_ck check (hourly = hourly_of(monthly)),
    constraint price_version_of_ck check (
        (plan_id is null) = (addon_price_id is not null) and (addon_price_id is null) = (quantity is null) and coalesce(quantity, 1) > 0)
);
create unique index price_version_addon_uq on price_version (addon_price_id, quantity) where addon_price_id is not null;
create unique index price_version_plan_from_uq on price_version (plan_id, currency, valid_from);
comment on table price_version is 'append-only: price of a plan from an instant on; services keep the version accepted by their customer';
comment on column price_version.wholesale_monthly is 'the platform''s price for the reseller, in the currency of the reseller''s books, whatever the currency of the price';
comment on column price_version.addon_price_id is 'for an add-on: the price of a unit, multiplied by this quantity; written when that quantity is used for the first time';
create trigger price_version_immutable before update or delete or truncate on price_version
    for each statement execute function refuse_history_change();

-- A reseller may sell in further currencies, each with separate prices.
create table sales_currency (
    code char(3) not null,
    decimals integer not null,
    opened_at timestamptz not null,
    opened_by text not null,
    closed_at timestamptz,
    constraint sales_currency_pk primary key (code),
    constraint sales_currency_code_ck check (code ~ '^[A-Z]{3}$'),
    constraint sales_currency_decimals_ck check (decimals between 0 and 4),
    constraint sales_currency_closed_ck check (closed_at >= opened_at)
);
comment on table sales_currency is 'currencies that the reseller sells in, in addition to its own; closed: nobody starts paying in it, and those who do continue';

-- What other packages may read, those that plans are made with included.
create view plan_v with (security_invoker) as
select id, state, vcpus, memory_mib, disk_gib, transfer_gib, transfer_unlimited
  from plan;
comment on view plan_v is 'sizes on sale or retired';

create view plan_region_v with (security_invoker) as
select plan_id, region
  from plan_region;
comment on view plan_region_v is 'where a plan is sold';

create view price_version_v with (security_invoker) as
select id, plan_id, addon_price_id
  from price_version;
comment on view price_version_v is 'what a price is of';
