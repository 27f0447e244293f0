--liquibase formatted sql

--changeset identity:key-made-with
--comment A key that was made with another one ends with it.
alter table api_key add column made_with uuid;
alter table api_key add constraint api_key_made_with_fk foreign key (made_with) references api_key (id);
create index api_key_made_with_ix on api_key (made_with) where made_with is not null;
--rollback alter table api_key drop column made_with;
