--liquibase formatted sql

--changeset directory:0001
create table cell (
    name text not null,
    constraint cell_pk primary key (name)
);
insert into cell (name) values ('main');

create table tenant (
    slug text not null,
    name text not null,
    state text not null,
    currency char(3) not null,
    zone text not null,
    locale text not null,
    cell text not null default 'main',
    created_at timestamptz not null,
    fault text,
    constraint tenant_pk primary key (slug),
    constraint tenant_cell_fk foreign key (cell) references cell (name),
    constraint tenant_slug_ck check (slug ~ '^[a-z](-?[a-z0-9]){1,29}$'),
    constraint tenant_state_ck check (state in ('CREATING', 'ACTIVE', 'SUSPENDED', 'MAINTENANCE'))
);
comment on table tenant is 'the resellers; a row belongs to the platform';

create table tenant_host (
    host text not null,
    tenant text not null,
    is_primary boolean not null default false,
    constraint tenant_host_pk primary key (host),
    constraint tenant_host_tenant_fk foreign key (tenant) references tenant (slug) on delete cascade,
    constraint tenant_host_lower_ck check (host = lower(host))
);
create unique index tenant_host_primary_uq on tenant_host (tenant) where is_primary;
--rollback drop table tenant_host; drop table tenant; drop table cell;
