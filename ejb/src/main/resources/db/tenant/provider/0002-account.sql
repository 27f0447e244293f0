--liquibase formatted sql

--changeset provider:0002
--comment Accounts that the reseller has with vendors of servers. What lets us in is sealed before it comes here.
create table provider_account (
    id uuid not null,
    name text not null,
    vendor text not null,
    base text,
    credentials text not null,
    key_id text not null generated always as (split_part(credentials, '.', 2)) stored,
    state text not null,
    created_at timestamptz not null,
    credentials_at timestamptz not null,
    tested_at timestamptz,
    verdict text,
    words text not null default '',
    constraint provider_account_pk primary key (id),
    constraint provider_account_name_ck check (length(name) between 1 and 80),
    constraint provider_account_vendor_ck check (vendor ~ '^[a-z][a-z0-9-]{1,30}$'),
    constraint provider_account_base_ck check (base ~ '^https?://' and length(base) <= 300),
    constraint provider_account_credentials_ck check (credentials ~ '^v1[.][A-Za-z0-9_-]+[.][A-Za-z0-9+/=]+$'),
    constraint provider_account_state_ck check (state in ('ON', 'OFF')),
    constraint provider_account_tested_ck check ((tested_at is null) = (verdict is null)),
    constraint provider_account_verdict_ck check (verdict ~ '^[A-Z_]{2,40}$'),
    constraint provider_account_words_ck check (length(words) <= 500)
);
create unique index provider_account_name_uq on provider_account (lower(name));
comment on table provider_account is 'secret: accounts with vendors; base only where each customer of the vendor has a panel of its own; credentials are sealed by the key key_id for this row, its vendor and base, so that they open nowhere else; verdict and words of the last test';
--rollback drop table provider_account;
