--liquibase formatted sql

--changeset provider:baseline splitStatements:false

-- The reseller's accounts with providers of servers. Credentials are sealed before they are stored here.
create table provider_account (
    id uuid not null,
    name text not null,
    provider text not null,
    base_url text,
    credentials text not null,
    key_id text not null generated always as (split_part(credentials, '.', 2)) stored,
    state text not null,
    created_at timestamptz not null,
    credentials_at timestamptz not null,
    tested_at timestamptz,
    test_result text,
    test_message text not null default '',
    health_notified text,
    constraint provider_account_pk primary key (id),
    constraint provider_account_name_ck check (length(name) between 1 and 80),
    constraint provider_account_provider_ck check (provider ~ '^[a-z][a-z0-9-]{1,30}$'),
    constraint provider_account_base_ck check (base_url ~ '^https?://' and length(base_url) <= 300),
    constraint provider_account_credentials_ck check (credentials ~ '^v1[.][A-Za-z0-9_-]+[.][A-Za-z0-9+/=]+$'),
    constraint provider_account_state_ck check (state in ('ON', 'OFF')),
    constraint provider_account_tested_ck check ((tested_at is null) = (test_result is null)),
    constraint provider_account_test_result_ck check (test_result ~ '^[A-Z_]{2,40}$'),
    constraint provider_account_test_message_ck check (length(test_message) <= 500),
    constraint provider_account_health_ck check (health_notified in ('WORKS', 'FAILS'))
);
create unique index provider_account_name_uq on provider_account (lower(name));
comment on table provider_account is 'secret: accounts with providers; base_url only where each customer of the provider has a separate panel; credentials are sealed by the key key_id for this row, its provider and base_url, so that they cannot be opened for another; test_result and test_message of the last test';
comment on column provider_account.health_notified is 'the last state of the account that staff were notified of; null if it never failed';

-- The provider's offer to the reseller, as last read. Deleted with the account; the sources of plans are not.
create table provider_region (
    id uuid not null,
    account_id uuid not null,
    code text not null,
    name text not null,
    country text not null,
    open boolean not null,
    region text,
    seen_at timestamptz not null,
    removed_at timestamptz,
    constraint provider_region_pk primary key (id),
    constraint provider_region_account_fk foreign key (account_id) references provider_account (id) on delete cascade,
    constraint provider_region_region_fk foreign key (region) references region (code),
    constraint provider_region_code_uq unique (account_id, code)
);
comment on table provider_region is 'regions of a provider; region: the reseller''s own region as which it is sold, empty while it is not; removed_at: since when the provider no longer lists it';

create table provider_size (
    id uuid not null,
    account_id uuid not null,
    code text not null,
    name text not null,
    family text not null,
    vcpus integer not null,
    memory_mib integer not null,
    disk_gib integer not null,
    transfer_gib integer not null,
    regions text[] not null,
    seen_at timestamptz not null,
    removed_at timestamptz,
    transfer_unlimited boolean not null default false,
    constraint provider_size_pk primary key (id),
    constraint provider_size_account_fk foreign key (account_id) references provider_account (id) on delete cascade,
    constraint provider_size_code_uq unique (account_id, code),
    constraint provider_size_size_ck check (vcpus > 0 and memory_mib > 0 and disk_gib >= 0 and transfer_gib >= 0)
);
comment on table provider_size is 'server sizes of a provider; regions: the provider''s codes of where it is sold, empty for everywhere';
comment on column provider_size.transfer_unlimited is 'the provider charges nothing for transfer';

create table provider_price (
    size_id uuid not null,
    region text not null,
    currency char(3) not null,
    hourly numeric(20, 8) not null,
    monthly numeric(20, 8) not null,
    seen_at timestamptz not null,
    constraint provider_price_pk primary key (size_id, region),
    constraint provider_price_size_fk foreign key (size_id) references provider_size (id) on delete cascade,
    constraint provider_price_amount_ck check (hourly >= 0 and monthly >= 0)
);
comment on table provider_price is 'a provider''s current prices, before tax, in its own currency; region: the provider''s code, empty for all regions without a separate price';

create table provider_price_change (
    id bigint generated always as identity,
    size_id uuid not null,
    region text not null,
    currency_before char(3) not null,
    monthly_before numeric(20, 8) not null,
    currency char(3) not null,
    monthly numeric(20, 8) not null,
    at timestamptz not null,
    constraint provider_price_change_pk primary key (id),
    constraint provider_price_change_size_fk foreign key (size_id) references provider_size (id) on delete cascade
);
create index provider_price_change_size_ix on provider_price_change (size_id, id desc);
comment on table provider_price_change is 'append-only: when a price of a provider was found to have changed';

create table provider_image (
    id uuid not null,
    account_id uuid not null,
    code text not null,
    name text not null,
    family text not null,
    disk_min_gib integer not null,
    deprecated boolean not null,
    display_name text,
    seen_at timestamptz not null,
    removed_at timestamptz,
    constraint provider_image_pk primary key (id),
    constraint provider_image_account_fk foreign key (account_id) references provider_account (id) on delete cascade,
    constraint provider_image_code_uq unique (account_id, code),
    constraint provider_image_own_name_ck check (length(display_name) between 1 and 80)
);
comment on table provider_image is 'images of a provider; display_name: the reseller''s name for it, empty while it is not offered';

create table plan_source (
    plan_id uuid not null,
    account_id uuid not null,
    size_id uuid not null,
    cost_currency char(3) not null,
    cost_monthly numeric(20, 8) not null,
    exchange numeric(20, 8) not null,
    markup_kind text not null,
    markup numeric(20, 8) not null,
    decided_at timestamptz not null,
    decided_by text not null,
    exchange_day date,
    exchange_source text,
    constraint plan_source_pk primary key (plan_id),
    constraint plan_source_plan_fk foreign key (plan_id) references plan (id),
    constraint plan_source_account_fk foreign key (account_id) references provider_account (id),
    constraint plan_source_size_fk foreign key (size_id) references provider_size (id),
    constraint plan_source_markup_ck check (markup_kind in ('PERCENT', 'AMOUNT') and markup >= 0),
    constraint plan_source_cost_ck check (cost_monthly >= 0 and exchange > 0),
    constraint plan_source_exchange_ck check ((exchange_day is null) = (exchange_source is null))
);
create index plan_source_size_ix on plan_source (size_id);
comment on table plan_source is 'what a plan is made of, and how its price was decided: what the provider took then, what one unit of that was worth, and what was added';
comment on column plan_source.exchange_day is 'the day of the kept rate, empty if the rate was typed or none was needed';

-- What other packages may read.
create view provider_account_v with (security_invoker) as
select id, name, provider, state
  from provider_account;
comment on view provider_account_v is 'accounts with providers, without their credentials';
create view provider_region_v with (security_invoker) as
select id, account_id, code, open, region, removed_at
  from provider_region;
comment on view provider_region_v is 'where providers sell';
create view provider_size_v with (security_invoker) as
select id, account_id, code, disk_gib, regions, removed_at
  from provider_size;
comment on view provider_size_v is 'what providers sell';
create view provider_price_v with (security_invoker) as
select size_id, region, currency, monthly
  from provider_price;
comment on view provider_price_v is 'what providers take';
create view provider_image_v with (security_invoker) as
select account_id, disk_min_gib, removed_at
  from provider_image;
comment on view provider_image_v is 'whether a server can be made';
create view plan_source_v with (security_invoker) as
select plan_id, account_id, size_id
  from plan_source;
comment on view plan_source_v is 'what a plan is made of';
