--liquibase formatted sql

--changeset options:0007
--comment How far the vendor is with what it was asked for, for those who wait.
alter table service_option add column percent integer not null default 0;
alter table service_option add constraint service_option_percent_ck check (percent between 0 and 100);
comment on column service_option.percent is 'how far the vendor is with what it was asked for, as it says; 0 if it does not';
--rollback alter table service_option drop column percent;
