--liquibase formatted sql

--changeset options:0012
--comment How high a price may be depends on what a unit of its currency is worth (io.tenantry.money.AmountLimit); this is the highest of all currencies.
alter table option_price drop constraint option_price_amount_ck;
alter table option_price add constraint option_price_amount_ck check (monthly between 0 and 1000000000);
alter table option_price drop constraint option_price_wholesale_ck;
alter table option_price add constraint option_price_wholesale_ck check (wholesale between 0 and 10000000000);
--rollback alter table option_price drop constraint option_price_amount_ck; alter table option_price add constraint option_price_amount_ck check (monthly between 0 and 100000); alter table option_price drop constraint option_price_wholesale_ck; alter table option_price add constraint option_price_wholesale_ck check (wholesale between 0 and 1000000);
