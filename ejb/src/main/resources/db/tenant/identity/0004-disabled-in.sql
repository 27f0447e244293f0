--liquibase formatted sql

--changeset identity:disabled-in
--comment An organization's owner may disable an account that serves this organization alone, and enable only what was disabled there.
alter table person add column disabled_in uuid;
alter table person add constraint person_disabled_in_fk foreign key (disabled_in) references organization (id);
alter table person add constraint person_disabled_in_ck check (disabled_in is null or state = 'DISABLED');
create index person_disabled_in_ix on person (disabled_in) where disabled_in is not null;
--rollback alter table person drop column disabled_in;
