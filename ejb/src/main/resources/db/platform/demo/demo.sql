--liquibase formatted sql

--changeset demo:baseline splitStatements:false

create table demo (
    one boolean not null default true,
    seed bigint not null,
    started_at timestamptz not null default clock_timestamp(),
    completed_at timestamptz,
    constraint demo_pk primary key (one),
    constraint demo_one_ck check (one)
);
comment on table demo is 'the demo''s brands were created here; without completed_at they are incomplete, and the next start creates them again';
