--liquibase formatted sql

--changeset clock:0001
create table moved_clock (
    only boolean not null default true,
    offset_seconds bigint not null,
    constraint moved_clock_pk primary key (only),
    constraint moved_clock_only_ck check (only)
);
comment on table moved_clock is 'how far the demo clock stands from the real one; a row of the platform, at most one';
--rollback drop table moved_clock;
