--liquibase formatted sql

--changeset usage:0003
--comment Transfer that is paid in advance, and warnings before what plans include is used up.
create table transfer_pack_offer (
    id uuid not null,
    gib integer not null,
    currency char(3) not null,
    price numeric(20, 8) not null,
    months integer,
    offered_at timestamptz not null,
    offered_by text not null,
    withdrawn_at timestamptz,
    constraint transfer_pack_offer_pk primary key (id),
    constraint transfer_pack_offer_gib_ck check (gib between 1 and 1048576),
    constraint transfer_pack_offer_price_ck check (price > 0),
    constraint transfer_pack_offer_months_ck check (months between 1 and 60),
    constraint transfer_pack_offer_span_ck check (withdrawn_at >= offered_at)
);
create unique index transfer_pack_offer_open_uq on transfer_pack_offer (gib, coalesce(months, 0)) where withdrawn_at is null;
comment on table transfer_pack_offer is 'packs of transfer that customers may buy; never changed but withdrawn; months: for how long a pack counts, empty for until it is used up';

create table transfer_pack (
    id uuid not null,
    offer_id uuid not null,
    organization_id uuid not null,
    wallet_id uuid not null,
    bytes bigint not null,
    used_bytes bigint not null default 0,
    currency char(3) not null,
    price numeric(20, 8) not null,
    bought_at timestamptz not null,
    bought_by text not null,
    expires_at timestamptz,
    constraint transfer_pack_pk primary key (id),
    constraint transfer_pack_offer_fk foreign key (offer_id) references transfer_pack_offer (id),
    constraint transfer_pack_wallet_fk foreign key (wallet_id) references wallet (id),
    constraint transfer_pack_bytes_ck check (bytes > 0),
    constraint transfer_pack_used_ck check (used_bytes between 0 and bytes),
    constraint transfer_pack_price_ck check (price > 0),
    constraint transfer_pack_span_ck check (expires_at > bought_at)
);
create index transfer_pack_organization_ix on transfer_pack (organization_id, bought_at);
create index transfer_pack_offer_ix on transfer_pack (offer_id);
comment on table transfer_pack is 'packs of transfer that organizations have bought; only what is used of one changes; expires_at: from then on it counts for no period that begins, empty for never';

alter table transfer_bill_line add column prepaid_bytes bigint not null default 0;
alter table transfer_bill_line add constraint transfer_bill_line_prepaid_ck
    check (prepaid_bytes between 0 and over_bytes and (over_bytes > prepaid_bytes or amount = 0));
comment on column transfer_bill_line.prepaid_bytes is 'what of over_bytes was taken from packs; the amount is for the rest';

create table transfer_pack_use (
    pack_id uuid not null,
    bill_id uuid not null,
    service_id uuid not null,
    bytes bigint not null,
    constraint transfer_pack_use_pk primary key (pack_id, bill_id, service_id),
    constraint transfer_pack_use_pack_fk foreign key (pack_id) references transfer_pack (id),
    constraint transfer_pack_use_line_fk foreign key (bill_id, service_id) references transfer_bill_line (bill_id, service_id),
    constraint transfer_pack_use_bytes_ck check (bytes > 0)
);
comment on table transfer_pack_use is 'append-only: what a line of a bill took from a pack';

create table transfer_warning (
    organization_id uuid not null,
    from_at timestamptz not null,
    to_at timestamptz not null,
    percent integer not null,
    used_bytes bigint not null,
    included_bytes bigint not null,
    told_at timestamptz not null,
    constraint transfer_warning_pk primary key (organization_id, from_at, to_at, percent),
    constraint transfer_warning_percent_ck check (percent in (80, 100))
);
comment on table transfer_warning is 'append-only: that an organization was told how much of what its plans include together in a period was sent';

create trigger transfer_pack_use_immutable before update or delete or truncate on transfer_pack_use
    for each statement execute function refuse_history_change();
create trigger transfer_warning_immutable before update or delete or truncate on transfer_warning
    for each statement execute function refuse_history_change();
--rollback drop table transfer_warning; drop table transfer_pack_use; alter table transfer_bill_line drop column prepaid_bytes; drop table transfer_pack; drop table transfer_pack_offer;
