--liquibase formatted sql

--changeset audit:0002
--comment A record is sealed with a key that the database never sees; as each covers those before it, a trail made again from its first record has no seals that fit.
create table audit_seal (
    seq bigint not null,
    key_id text not null,
    mac bytea not null,
    constraint audit_seal_pk primary key (seq, key_id),
    constraint audit_seal_mac_ck check (octet_length(mac) = 32)
);
comment on table audit_seal is 'append-only: for the hash of a record of audit_record, HMAC-SHA-256 by the key of that name; records from before there was a key have none';
--rollback drop table audit_seal;
