--liquibase formatted sql

--changeset brand:0001
--comment How the tenant looks: one row. The logo is stored as we encoded it, never as it was uploaded.
create table brand (
    one boolean not null default true,
    name text not null,
    primary_colour char(7) not null,
    secondary_colour char(7) not null,
    accent_colour char(7) not null,
    radius smallint not null default 12,
    logo bytea,
    version bigint not null default 1,
    changed_at timestamptz not null,
    constraint brand_pk primary key (one),
    constraint brand_one_ck check (one),
    constraint brand_name_ck check (length(name) between 1 and 60),
    constraint brand_primary_colour_ck check (primary_colour ~ '^#[0-9a-f]{6}$'),
    constraint brand_secondary_colour_ck check (secondary_colour ~ '^#[0-9a-f]{6}$'),
    constraint brand_accent_colour_ck check (accent_colour ~ '^#[0-9a-f]{6}$'),
    constraint brand_radius_ck check (radius between 0 and 24),
    constraint brand_logo_ck check (octet_length(logo) <= 262144)
);
comment on table brand is 'Name, colours, corners and logo of the reseller; the version is part of the addresses, so browsers may keep them';
--rollback drop table brand;
