--liquibase formatted sql

--changeset usage:0001
--comment What services send and receive, as their vendors count it.
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
comment on table transfer_sample is 'append-only: what a vendor''s counters stood at, whenever they had moved; from_at and to_at: the vendor''s own period';

create table transfer_period (
    service_id uuid not null,
    from_at timestamptz not null,
    to_at timestamptz not null,
    in_carried bigint not null,
    in_peak bigint not null,
    in_kept bigint not null,
    out_carried bigint not null,
    out_peak bigint not null,
    out_kept bigint not null,
    in_bytes bigint not null generated always as (in_kept + in_peak - in_carried) stored,
    out_bytes bigint not null generated always as (out_kept + out_peak - out_carried) stored,
    exact boolean not null,
    read_at timestamptz not null,
    constraint transfer_period_pk primary key (service_id, from_at),
    constraint transfer_period_service_fk foreign key (service_id) references service (id),
    constraint transfer_period_span_ck check (to_at > from_at),
    constraint transfer_period_in_ck check (in_carried between 0 and in_peak and in_kept >= 0),
    constraint transfer_period_out_ck check (out_carried between 0 and out_peak and out_kept >= 0)
);
create index transfer_period_to_ix on transfer_period (to_at);
comment on table transfer_period is 'what a service sent and received in a period of its vendor''s; peak: the highest that the counter stood at since it was last seen to begin anew; carried: what it stood at in the period before, if it was not yet reset when this one began; kept: what was counted before it was; exact: whether the vendor counts, and does not estimate';

create table transfer_reading (
    service_id uuid not null,
    tried_at timestamptz not null,
    constraint transfer_reading_pk primary key (service_id),
    constraint transfer_reading_service_fk foreign key (service_id) references service (id)
);
comment on table transfer_reading is 'when a vendor was last asked what a service sent and received, in real time, whatever came of it';
--rollback drop table transfer_reading; drop table transfer_period; drop table transfer_sample;
