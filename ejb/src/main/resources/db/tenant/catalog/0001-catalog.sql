--liquibase formatted sql

--changeset catalog:0001
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
    constraint plan_pk primary key (id),
    constraint plan_code_uq unique (code),
    constraint plan_category_fk foreign key (category) references category (code),
    constraint plan_state_ck check (state in ('DRAFT', 'ON_SALE', 'RETIRED')),
    constraint plan_size_ck check (vcpus > 0 and memory_mib > 0 and disk_gib >= 0 and transfer_gib >= 0)
);
comment on table plan is 'technical sizes a reseller sells';

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
    plan_id uuid not null,
    version integer not null,
    currency char(3) not null,
    monthly numeric(20, 8) not null,
    hourly numeric(20, 8) not null,
    wholesale_monthly numeric(20, 8) not null,
    valid_from timestamptz not null,
    published_at timestamptz not null,
    published_by text not null,
    constraint price_version_pk primary key (id),
    constraint price_version_plan_fk foreign key (plan_id) references plan (id),
    constraint price_version_plan_version_uq unique (plan_id, version),
    constraint price_version_plan_from_uq unique (plan_id, valid_from),
    constraint price_version_amount_ck check (monthly >= 0 and wholesale_monthly >= 0),
    constraint price_version_hourly_ck check (hourly = round(monthly / 730, 8))
);
comment on table price_version is 'append-only: what a plan costs from an instant on; services stay with the version their customer accepted';
--rollback drop table price_version; drop table plan_region; drop table plan; drop table region; drop table category;
