--liquibase formatted sql

--changeset recording:baseline splitStatements:false

-- Recordings of consoles, where enabled by the reseller. Recorded data is sealed before it is stored here.
create table recording_policy (
    one boolean not null default true,
    is_on boolean not null,
    keep_days integer not null,
    changed_at timestamptz not null,
    changed_by text not null,
    constraint recording_policy_pk primary key (one),
    constraint recording_policy_one_ck check (one),
    constraint recording_policy_days_ck check (keep_days between 1 and 365)
);
comment on table recording_policy is 'whether newly opened consoles are recorded, and for how many days recordings are kept';
insert into recording_policy (is_on, keep_days, changed_at, changed_by) values (false, 30, now(), 'nobody');

create table console_recording (
    id uuid not null,
    service_id uuid not null,
    person_id uuid not null,
    person text not null,
    started_at timestamptz not null,
    seconds bigint not null,
    output_bytes bigint not null,
    truncated boolean not null,
    content text not null,
    constraint console_recording_pk primary key (id),
    constraint console_recording_service_fk foreign key (service_id) references service (id),
    constraint console_recording_person_fk foreign key (person_id) references person (id),
    constraint console_recording_length_ck check (seconds >= 0 and output_bytes >= 0)
);
create index console_recording_started_ix on console_recording (started_at);
create index console_recording_service_ix on console_recording (service_id);
comment on table console_recording is 'secret: output of servers on consoles; person: the user; content: an asciicast, compressed, in Base64, sealed for this row; truncated: there was more';
