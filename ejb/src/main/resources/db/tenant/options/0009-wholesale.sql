--liquibase formatted sql

--changeset options:0009
--comment What the platform asks of the reseller for an option, as for a plan.
alter table option_price add column wholesale numeric(20, 8) not null default 0;
alter table option_price add constraint option_price_wholesale_ck check (wholesale between 0 and 100000);
comment on column option_price.wholesale is 'what the platform asks of the reseller a month for a unit; of so many it is so many times that, in the price version that is charged by';
--rollback alter table option_price drop column wholesale;
