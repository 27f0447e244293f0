--liquibase formatted sql

--changeset options:0001
--comment What a server can have besides, at prices of its own; what is charged for it are rated periods like those of services.
create table option_price (
    id uuid not null,
    kind text not null,
    version integer not null,
    currency char(3) not null,
    monthly numeric(20, 8),
    valid_from timestamptz not null,
    published_at timestamptz not null,
    published_by text not null,
    constraint option_price_pk primary key (id),
    constraint option_price_version_uq unique (kind, version),
    constraint option_price_from_uq unique (kind, valid_from),
    constraint option_price_kind_ck check (kind in ('VOLUME', 'BACKUP')),
    constraint option_price_amount_ck check (monthly between 0 and 100000)
);
comment on table option_price is 'append-only: what a unit of an option costs a month from an instant on, a gibibyte of a volume or the backups of a server; without an amount it is not offered from then on';
create trigger option_price_immutable before update or delete or truncate on option_price
    for each statement execute function refuse_history_change();

alter table price_version alter column plan_id drop not null;
alter table price_version add column option_price_id uuid;
alter table price_version add column quantity integer;
alter table price_version add constraint price_version_option_fk foreign key (option_price_id) references option_price (id);
alter table price_version add constraint price_version_of_ck check (
    (plan_id is null) = (option_price_id is not null) and (option_price_id is null) = (quantity is null) and coalesce(quantity, 1) > 0);
create unique index price_version_option_uq on price_version (option_price_id, quantity) where option_price_id is not null;
comment on column price_version.option_price_id is 'of an option: the unit''s price, of which this is the quantity; it is written when somebody takes that many for the first time';

create table service_option (
    id uuid not null,
    service_id uuid not null,
    organization_id uuid not null,
    wallet_id uuid not null,
    kind text not null,
    name text not null,
    quantity integer not null,
    price_version_id uuid not null,
    account text not null,
    upstream_region text not null,
    upstream_id text,
    state text not null default 'ORDERED',
    attached boolean not null default false,
    wanted text,
    wanted_quantity integer,
    wanted_price_id uuid,
    wanted_copy text not null default '',
    asked_at timestamptz,
    missed_at timestamptz,
    task text,
    lost integer not null default 0,
    failure text not null default '',
    ordered_at timestamptz not null,
    activated_at timestamptz,
    ended_at timestamptz,
    constraint service_option_pk primary key (id),
    constraint service_option_service_fk foreign key (service_id) references service (id),
    constraint service_option_wallet_fk foreign key (wallet_id) references wallet (id),
    constraint service_option_price_fk foreign key (price_version_id) references price_version (id),
    constraint service_option_wanted_price_fk foreign key (wanted_price_id) references price_version (id),
    constraint service_option_kind_ck check (kind in ('VOLUME', 'BACKUP')),
    constraint service_option_state_ck check (state in ('ORDERED', 'ACTIVE', 'TERMINATING', 'TERMINATED', 'FAILED')),
    constraint service_option_quantity_ck check (quantity > 0 and (kind = 'VOLUME' or quantity = 1)),
    constraint service_option_attached_ck check (not attached or kind = 'VOLUME' and state = 'ACTIVE'),
    constraint service_option_wanted_ck check (
        wanted is null
        or state = 'ACTIVE' and (kind = 'VOLUME' and wanted in ('ATTACH', 'DETACH', 'GROW') or kind = 'BACKUP' and wanted = 'RESTORE')),
    constraint service_option_grow_ck check (
        (coalesce(wanted, '') = 'GROW') = (wanted_quantity is not null) and (wanted_quantity is null) = (wanted_price_id is null)
        and coalesce(wanted_quantity > quantity, true)),
    constraint service_option_copy_ck check ((coalesce(wanted, '') = 'RESTORE') = (wanted_copy <> '')),
    constraint service_option_active_ck check (
        (state in ('ORDERED', 'FAILED')) = (activated_at is null) and (state in ('ORDERED', 'ACTIVE')) = (ended_at is null)),
    constraint service_option_times_ck check (ended_at is null or activated_at is null or ended_at >= activated_at)
);
create index service_option_service_ix on service_option (service_id, kind);
create index service_option_organization_ix on service_option (organization_id, kind, state);
create index service_option_account_ix on service_option (account, kind);
create unique index service_option_backup_uq on service_option (service_id)
    where kind = 'BACKUP' and state in ('ORDERED', 'ACTIVE', 'TERMINATING');
create unique index service_option_upstream_uq on service_option (account, upstream_id) where upstream_id is not null;
comment on table service_option is 'what an organization rents beside a server: a volume, which outlives it, or its backups; service_id: the server that it is of, or of which it was last; wanted: what is to be done about it, by a work item; asked_at, missed_at, task, lost: the open question to the vendor, in real time, and how many came to nothing; failure: in the vendor''s words, for staff';

create table option_copy (
    option_id uuid not null,
    copy_id text not null,
    name text not null,
    size_mib bigint not null,
    ready boolean not null,
    taken_at timestamptz not null,
    constraint option_copy_pk primary key (option_id, copy_id),
    constraint option_copy_option_fk foreign key (option_id) references service_option (id)
);
comment on table option_copy is 'backups of a server, as its vendor listed them last';

create table option_finding (
    account text not null,
    kind text not null,
    upstream_id text not null,
    mark text not null,
    option_id uuid,
    name text not null,
    expected_gib integer not null,
    seen_gib integer not null,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    confirmed_at timestamptz,
    constraint option_finding_pk primary key (account, kind, upstream_id),
    constraint option_finding_option_fk foreign key (option_id) references service_option (id),
    constraint option_finding_kind_ck check (kind in ('STRAY', 'MISSING', 'SIZE')),
    constraint option_finding_times_ck check (last_seen_at >= first_seen_at)
);
comment on table option_finding is 'a volume with our mark at a vendor that nobody is charged for, one that somebody is charged for and that is not there, or one of another size, as long as it is so; in real time; confirmed at the second look';
--rollback drop table option_finding; drop table option_copy; drop table service_option; drop index price_version_option_uq; alter table price_version drop constraint price_version_of_ck, drop column quantity, drop column option_price_id; alter table price_version alter column plan_id set not null; drop table option_price;
