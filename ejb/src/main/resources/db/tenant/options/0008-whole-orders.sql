--liquibase formatted sql

--changeset options:0008
--comment Addresses that are ordered with their server wait for each other: one at a time the vendor is asked for.
drop index service_option_address_uq;
create unique index service_option_address_uq on service_option (service_id)
    where kind = 'ADDRESS' and state = 'ORDERED' and beside is not null;
--rollback drop index service_option_address_uq; create unique index service_option_address_uq on service_option (service_id) where kind = 'ADDRESS' and state = 'ORDERED';
