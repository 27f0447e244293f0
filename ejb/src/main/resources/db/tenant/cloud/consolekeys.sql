--liquibase formatted sql

--changeset consolekeys:baseline splitStatements:false

create table service_key (
    service_id uuid not null,
    public_key text not null,
    pair text not null,
    created_at timestamptz not null,
    constraint service_key_pk primary key (service_id),
    constraint service_key_service_fk foreign key (service_id) references service (id)
);
comment on table service_key is 'the key used to access a service''s server; pair: both halves, sealed';
