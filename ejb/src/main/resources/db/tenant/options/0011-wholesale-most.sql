--liquibase formatted sql

--changeset options:0011
--comment What the platform asks for an option may be as much as a price list may say.
alter table option_price drop constraint option_price_wholesale_ck;
alter table option_price add constraint option_price_wholesale_ck check (wholesale between 0 and 1000000);
--rollback alter table option_price drop constraint option_price_wholesale_ck; alter table option_price add constraint option_price_wholesale_ck check (wholesale between 0 and 100000);
