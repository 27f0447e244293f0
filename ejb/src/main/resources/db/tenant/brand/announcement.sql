--liquibase formatted sql

--changeset announcement:baseline splitStatements:false

create table announcement (
    id uuid not null,
    title text not null,
    text text not null,
    level text not null,
    starts_at timestamptz not null,
    ends_at timestamptz,
    author text not null,
    constraint announcement_pk primary key (id),
    constraint announcement_title_ck check (length(title) between 1 and 120),
    constraint announcement_text_ck check (length(text) between 1 and 4000),
    constraint announcement_level_ck check (level in ('PROBLEM', 'MAINTENANCE', 'INFO')),
    constraint announcement_time_ck check (ends_at is null or ends_at > starts_at)
);
create index announcement_time_ix on announcement (starts_at);
comment on table announcement is 'announcements of the reseller to its customers, as Markdown, from a moment on and optionally until another';
