--liquibase formatted sql

--changeset usage:0002
--comment What is taken for what is sent beyond what plans include.
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
    constraint transfer_price_from_uq unique (valid_from),
    constraint transfer_price_amount_ck check (per_gib >= 0)
);
comment on table transfer_price is 'append-only: what a gibibyte costs that is sent beyond what plans include, of periods that begin from an instant on';

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
comment on table transfer_bill is 'append-only: a period of an organization''s services with one and the same vendor''s period, reckoned together once';

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
    constraint transfer_bill_line_pk primary key (bill_id, service_id),
    constraint transfer_bill_line_bill_fk foreign key (bill_id) references transfer_bill (id),
    constraint transfer_bill_line_service_fk foreign key (service_id) references service (id),
    constraint transfer_bill_line_wallet_fk foreign key (wallet_id) references wallet (id),
    constraint transfer_bill_line_once_uq unique (service_id, from_at),
    constraint transfer_bill_line_bytes_ck check (used_bytes >= 0 and included_bytes >= 0 and over_bytes between 0 and used_bytes),
    constraint transfer_bill_line_amount_ck check (amount >= 0 and (over_bytes > 0 or amount = 0))
);
comment on table transfer_bill_line is 'append-only: a service''s part of a bill; over_bytes: its share of what the organization''s services sent together beyond what their plans include together';

create trigger transfer_price_immutable before update or delete or truncate on transfer_price
    for each statement execute function refuse_history_change();
create trigger transfer_bill_immutable before update or delete or truncate on transfer_bill
    for each statement execute function refuse_history_change();
create trigger transfer_bill_line_immutable before update or delete or truncate on transfer_bill_line
    for each statement execute function refuse_history_change();
--rollback drop table transfer_bill_line; drop table transfer_bill; drop table transfer_price;
