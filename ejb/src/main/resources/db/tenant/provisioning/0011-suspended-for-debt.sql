--liquibase formatted sql

--changeset service:suspended-for-debt
--comment Services are suspended by staff, for a reason in their words, or for debt: what one suspends the other does not bring back.
alter table service add column suspended_for_debt boolean not null default false;
alter table service add constraint service_debt_ck check (not suspended_for_debt or suspended_why is null);
comment on column service.suspended_for_debt is 'whether it was suspended because its wallet is in debt, and not by staff; gone when it is suspended no more, kept when it ends';
--rollback alter table service drop column suspended_for_debt;
