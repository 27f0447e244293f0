--liquibase formatted sql

--changeset idempotency:0001
--comment What programs asked for under an idempotency key, and what they were answered. Neither key nor answer can be read here.
create table idempotency_key (
    key_hash bytea not null,
    person_id uuid not null,
    request_hash bytea not null,
    answer bytea,
    used_at timestamptz not null default clock_timestamp(),
    constraint idempotency_key_pk primary key (key_hash),
    constraint idempotency_key_person_fk foreign key (person_id) references person (id),
    constraint idempotency_key_key_hash_ck check (octet_length(key_hash) = 32),
    constraint idempotency_key_request_hash_ck check (octet_length(request_hash) = 32)
);
create index idempotency_key_used_ix on idempotency_key (used_at);
comment on table idempotency_key is 'a request that was done once and is only answered again; the answer is sealed by the key itself';
--rollback drop table idempotency_key;

--changeset idempotency:0002
comment on table idempotency_key is 'secret: a request that was done once and is only answered again; the answer is sealed by the key itself';
--rollback empty
