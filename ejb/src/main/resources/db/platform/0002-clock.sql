--liquibase formatted sql

--changeset clock:0001
create table moved_clock (
    one boolean not null default true,
    offset_seconds bigint not null,
    constraint moved_clock_pk primary key (one),
    constraint moved_clock_one_ck check (one)
);
comment on table moved_clock is 'how far the demo clock stands from the real one; a row of the platform, at most one';
--rollback drop table moved_clock;
