--liquibase formatted sql

--changeset transfer:baseline splitStatements:false

-- Transfer of services, as counted by their providers.
create table transfer_sample (
    id bigint generated always as identity,
    service_id uuid not null,
    from_at timestamptz not null,
    to_at timestamptz not null,
    in_bytes bigint not null,
    out_bytes bigint not null,
    read_at timestamptz not null,
    constraint transfer_sample_pk primary key (id),
    constraint transfer_sample_service_fk foreign key (service_id) references service (id),
    constraint transfer_sample_bytes_ck check (in_bytes >= 0 and out_bytes >= 0),
    constraint transfer_sample_span_ck check (to_at > from_at)
);
create index transfer_sample_service_ix on transfer_sample (service_id, id desc);
comment on table transfer_sample is 'append-only: values of a provider''s counters, whenever they had changed; from_at and to_at: the provider''s own period';

create table transfer_period (
    service_id uuid not null,
    from_at timestamptz not null,
    to_at timestamptz not null,
    in_previous bigint not null,
    in_peak bigint not null,
    in_committed bigint not null,
    out_previous bigint not null,
    out_peak bigint not null,
    out_committed bigint not null,
    in_bytes bigint not null generated always as (in_committed + in_peak - in_previous) stored,
    out_bytes bigint not null generated always as (out_committed + out_peak - out_previous) stored,
    exact boolean not null,
    read_at timestamptz not null,
    constraint transfer_period_pk primary key (service_id, from_at),
    constraint transfer_period_service_fk foreign key (service_id) references service (id),
    constraint transfer_period_span_ck check (to_at > from_at),
    constraint transfer_period_in_ck check (in_previous between 0 and in_peak and in_committed >= 0),
    constraint transfer_period_out_ck check (out_previous between 0 and out_peak and out_committed >= 0)
);
create index transfer_period_to_ix on transfer_period (to_at);
comment on table transfer_period is 'transfer of a service in a period of its provider; peak: the highest value of the counter since its last reset; carried: its value in the previous period, if it was not yet reset when this one began; kept: what was counted before the reset; exact: whether the provider counts, rather than estimates';

create table transfer_poll (
    service_id uuid not null,
    tried_at timestamptz not null,
    constraint transfer_poll_pk primary key (service_id),
    constraint transfer_poll_service_fk foreign key (service_id) references service (id)
);
comment on table transfer_poll is 'when a provider was last queried for the transfer of a service, in real time, whatever the result';

-- Charges for transfer beyond the amount included in plans.
create table transfer_price (
    id uuid not null,
    version integer not null,
    currency char(3) not null,
    per_gib numeric(20, 8) not null,
    valid_from timestamptz not null,
    published_at timestamptz not null,
    published_by text not null,
    constraint transfer_price_pk primary key (id),
    constraint transfer_price_version_uq unique (version),
    constraint transfer_price_amount_ck check (per_gib >= 0)
);
create unique index transfer_price_from_uq on transfer_price (currency, valid_from);
comment on table transfer_price is 'append-only: price of a gibibyte sent beyond the amount included in plans, for periods that begin from an instant on';
create trigger transfer_price_immutable before update or delete or truncate on transfer_price
    for each statement execute function refuse_history_change();

create table transfer_bill (
    id uuid not null,
    organization_id uuid not null,
    from_at timestamptz not null,
    to_at timestamptz not null,
    price_id uuid not null,
    used_bytes numeric(30) not null,
    included_bytes numeric(30) not null,
    billed_at timestamptz not null,
    constraint transfer_bill_pk primary key (id),
    constraint transfer_bill_price_fk foreign key (price_id) references transfer_price (id),
    constraint transfer_bill_once_uq unique (organization_id, from_at, to_at),
    constraint transfer_bill_bytes_ck check (used_bytes >= 0 and included_bytes >= 0)
);
comment on table transfer_bill is 'append-only: the transfer of an organization''s services within the same provider period, computed together once';
create trigger transfer_bill_immutable before update or delete or truncate on transfer_bill
    for each statement execute function refuse_history_change();

create table transfer_bill_line (
    bill_id uuid not null,
    service_id uuid not null,
    wallet_id uuid not null,
    from_at timestamptz not null,
    used_bytes bigint not null,
    included_bytes bigint not null,
    over_bytes bigint not null,
    currency char(3) not null,
    amount numeric(20, 8) not null,
    prepaid_bytes bigint not null default 0,
    constraint transfer_bill_line_pk primary key (bill_id, service_id),
    constraint transfer_bill_line_bill_fk foreign key (bill_id) references transfer_bill (id),
    constraint transfer_bill_line_service_fk foreign key (service_id) references service (id),
    constraint transfer_bill_line_wallet_fk foreign key (wallet_id) references wallet (id),
    constraint transfer_bill_line_once_uq unique (service_id, from_at),
    constraint transfer_bill_line_bytes_ck check (used_bytes >= 0 and included_bytes >= 0 and over_bytes between 0 and used_bytes),
    constraint transfer_bill_line_amount_ck check (amount >= 0 and (over_bytes > 0 or amount = 0)),
    constraint transfer_bill_line_prepaid_ck check (prepaid_bytes between 0 and over_bytes and (over_bytes > prepaid_bytes or amount = 0))
);
comment on table transfer_bill_line is 'append-only: a service''s part of a bill; over_bytes: its share of what the organization''s services sent together beyond what their plans include together';
comment on column transfer_bill_line.prepaid_bytes is 'part of over_bytes taken from packs; the amount is for the rest';
create trigger transfer_bill_line_immutable before update or delete or truncate on transfer_bill_line
    for each statement execute function refuse_history_change();

-- Prepaid transfer, and warnings before the included transfer is used up.
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
create unique index transfer_pack_offer_open_uq on transfer_pack_offer (gib, coalesce(months, 0), currency) where withdrawn_at is null;
comment on table transfer_pack_offer is 'packs of transfer on sale; never changed except for being withdrawn; months: validity of a pack, empty for until it is used up';

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
comment on table transfer_pack is 'packs of transfer bought by organizations; only the used part of one changes; expires_at: it does not count for periods that begin from then on, empty for never';

create table transfer_pack_usage (
    pack_id uuid not null,
    bill_id uuid not null,
    service_id uuid not null,
    bytes bigint not null,
    constraint transfer_pack_usage_pk primary key (pack_id, bill_id, service_id),
    constraint transfer_pack_usage_pack_fk foreign key (pack_id) references transfer_pack (id),
    constraint transfer_pack_usage_line_fk foreign key (bill_id, service_id) references transfer_bill_line (bill_id, service_id),
    constraint transfer_pack_usage_bytes_ck check (bytes > 0)
);
comment on table transfer_pack_usage is 'append-only: what a line of a bill took from a pack';
create trigger transfer_pack_usage_immutable before update or delete or truncate on transfer_pack_usage
    for each statement execute function refuse_history_change();

create table transfer_warning (
    organization_id uuid not null,
    from_at timestamptz not null,
    to_at timestamptz not null,
    percent integer not null,
    used_bytes bigint not null,
    included_bytes bigint not null,
    notified_at timestamptz not null,
    constraint transfer_warning_pk primary key (organization_id, from_at, to_at, percent),
    constraint transfer_warning_percent_ck check (percent in (80, 100))
);
comment on table transfer_warning is 'append-only: an organization was notified of the used share of the transfer included by its plans together in a period';
create trigger transfer_warning_immutable before update or delete or truncate on transfer_warning
    for each statement execute function refuse_history_change();

-- What other packages may read.
create view transfer_bill_v with (security_invoker) as
select id, from_at, to_at, price_id
  from transfer_bill;
comment on view transfer_bill_v is 'periods of transfer that were billed';
create view transfer_bill_line_v with (security_invoker) as
select bill_id, service_id, used_bytes, included_bytes, over_bytes, prepaid_bytes
  from transfer_bill_line;
comment on view transfer_bill_line_v is 'the part of a service in a bill of transfer';
create view transfer_price_v with (security_invoker) as
select id, per_gib
  from transfer_price;
comment on view transfer_price_v is 'what transfer costs';
create view transfer_pack_v with (security_invoker) as
select id, bytes, bought_by, expires_at
  from transfer_pack;
comment on view transfer_pack_v is 'transfer packs that were bought';
