--liquibase formatted sql

--changeset provider:0006
--comment By which kept rate a vendor's price was told in the reseller's currency.
alter table plan_source add column exchange_day date;
alter table plan_source add column exchange_source text;
alter table plan_source add constraint plan_source_exchange_ck check ((exchange_day is null) = (exchange_source is null));
comment on column plan_source.exchange_day is 'the day of the kept rate, empty if the rate was typed or none was needed';
--rollback alter table plan_source drop column exchange_source; alter table plan_source drop column exchange_day;
