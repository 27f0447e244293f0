--liquibase formatted sql

--changeset key-rotation:0001
create table key_rotation (
    id bigint generated always as identity,
    began_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    actor text not null,
    key_id text,
    tenants integer not null default 0,
    anew integer not null default 0,
    shut integer not null default 0,
    failed integer not null default 0,
    constraint key_rotation_pk primary key (id)
);
create unique index key_rotation_going_uq on key_rotation ((ended_at is null)) where ended_at is null;
comment on table key_rotation is 'a row per time that all secrets of all tenants were sealed anew by the key that seals now: anew, how many were; shut, how many do not open; failed, tenants that could not be asked; belongs to the platform';

create table key_use (
    tenant text not null,
    key_id text not null,
    secrets integer not null,
    constraint key_use_pk primary key (tenant, key_id)
);
comment on table key_use is 'how many secrets of a tenant which key had sealed when they were last sealed anew; belongs to the platform';
--rollback drop table key_use; drop table key_rotation;
