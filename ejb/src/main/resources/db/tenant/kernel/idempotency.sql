--liquibase formatted sql

--changeset idempotency:baseline splitStatements:false

-- Requests of API clients under an idempotency key, and their responses. Neither key nor response can be read here.
create table idempotency_key (
    key_hash bytea not null,
    person_id uuid not null,
    request_hash bytea not null,
    answer bytea,
    used_at timestamptz not null default clock_timestamp(),
    -- long-running work holds a lease; without a response and after its lease, a repetition takes it over
    lease uuid,
    leased_until timestamptz,
    constraint idempotency_key_pk primary key (key_hash),
    constraint idempotency_key_person_fk foreign key (person_id) references person (id),
    constraint idempotency_key_key_hash_ck check (octet_length(key_hash) = 32),
    constraint idempotency_key_request_hash_ck check (octet_length(request_hash) = 32),
    constraint idempotency_key_lease_ck check ((lease is null) = (leased_until is null)),
    constraint idempotency_key_leased_answer_ck check (lease is null or answer is null)
);
create index idempotency_key_used_ix on idempotency_key (used_at);
comment on table idempotency_key is 'secret: a request that was done once and is only answered again; the response is sealed by the key itself';
