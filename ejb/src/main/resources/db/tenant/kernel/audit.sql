--liquibase formatted sql

--changeset audit:baseline splitStatements:false

-- The audit trail: written once, each record sealed by the hash of the previous one.
create table audit_record (
    seq bigint not null,
    at timestamptz not null,
    actor_kind text not null,
    actor_id uuid,
    actor_name text not null,
    real_actor text,
    action text not null,
    subject_kind text not null,
    subject_id text not null,
    facts jsonb not null default '{}',
    address text,
    request_id text,
    prev_hash bytea not null,
    hash bytea not null,
    constraint audit_record_pk primary key (seq),
    constraint audit_record_actor_kind_ck check (actor_kind in ('OPERATOR', 'STAFF', 'MEMBER', 'SYSTEM', 'NOBODY')),
    constraint audit_record_action_ck check (action ~ '^[a-z][a-z0-9_.]{2,60}$'),
    constraint audit_record_facts_ck check (jsonb_typeof(facts) = 'object'),
    constraint audit_record_hash_ck check (octet_length(hash) = 32 and octet_length(prev_hash) = 32)
);
create index audit_record_subject_ix on audit_record (subject_kind, subject_id, seq);
create index audit_record_action_ix on audit_record (action, seq);
comment on table audit_record is 'append-only: who did what to what, in one hash chain without gaps';

-- A record is sealed with a key that the database never sees. As each record covers the previous ones, a trail forged from its first record has no
-- matching seals.
create table audit_seal (
    seq bigint not null,
    key_id text not null,
    mac bytea not null,
    constraint audit_seal_pk primary key (seq, key_id),
    constraint audit_seal_mac_ck check (octet_length(mac) = 32)
);
comment on table audit_seal is 'append-only: HMAC-SHA-256 of the hash of a record of audit_record, by the key of that name; records from before the first key have none';
