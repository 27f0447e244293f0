--liquibase formatted sql

--changeset work-item:0002
--comment Staff see what of a service waits for a person.
create index work_item_parked_ix on work_item (subject) where state = 'PARKED';
--rollback drop index work_item_parked_ix;
