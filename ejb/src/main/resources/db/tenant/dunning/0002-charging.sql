--liquibase formatted sql

--changeset dunning:0004
--comment Whether what is switched off for a debt goes on being charged is said by the ladder.
alter table dunning_ladder add column charges_suspended boolean not null default true;
comment on column dunning_ladder.charges_suspended is 'whether servers that are suspended for debt are charged as if they were on; what is rented beside them is charged in any case';
--rollback alter table dunning_ladder drop column charges_suspended;
