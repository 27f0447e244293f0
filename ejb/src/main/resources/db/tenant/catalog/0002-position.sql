--liquibase formatted sql

--changeset catalog:0002
--comment Where a plan stands in its group is the reseller's choice; those of the same place stand as before.
alter table plan add column position integer not null default 0;
alter table plan add constraint plan_position_ck check (position between 0 and 10000);
comment on column plan.position is 'where the plan stands in its group, the smallest first';
--rollback alter table plan drop column position;
