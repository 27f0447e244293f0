--liquibase formatted sql

--changeset dunning:0011
--comment The ladder says how servers are suspended; a suspension keeps how its step decided.
alter table dunning_ladder add column suspends_by text not null default 'POWER';
alter table dunning_ladder add constraint dunning_ladder_by_ck check (suspends_by in ('POWER', 'NETWORK'));
comment on column dunning_ladder.suspends_by is 'POWER: servers are switched off; NETWORK: they are cut off from the network, and switched off where their vendor cannot';
alter table dunning_suspension add column suspended_by text not null default 'POWER';
alter table dunning_suspension add constraint dunning_suspension_by_ck check (suspended_by in ('POWER', 'NETWORK'));
comment on column dunning_suspension.suspended_by is 'how it was to be suspended, by the ladder and by what its vendor can; where that was refused afterwards its service was switched off, and says so';
--rollback alter table dunning_suspension drop column suspended_by; alter table dunning_ladder drop column suspends_by;
