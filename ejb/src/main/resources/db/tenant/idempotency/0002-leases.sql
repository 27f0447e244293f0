--liquibase formatted sql

--changeset idempotency:0003
--comment Work that takes long is leased while it is done; without an answer and after its lease, a repetition takes it over.
alter table idempotency_key
    add column lease uuid,
    add column leased_until timestamptz,
    add constraint idempotency_key_lease_ck check ((lease is null) = (leased_until is null)),
    add constraint idempotency_key_leased_answer_ck check (lease is null or answer is null);
--rollback alter table idempotency_key drop column lease, drop column leased_until;
