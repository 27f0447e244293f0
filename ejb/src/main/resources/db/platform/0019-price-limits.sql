--liquibase formatted sql

--changeset pricing:0005
--comment How high a price may be depends on what a unit of its currency is worth (io.tenantry.money.AmountLimit); this is the highest of all currencies.
alter table price_list_item drop constraint price_list_item_monthly_ck;
alter table price_list_item add constraint price_list_item_monthly_ck check (monthly between 0 and 10000000000);
--rollback alter table price_list_item drop constraint price_list_item_monthly_ck; alter table price_list_item add constraint price_list_item_monthly_ck check (monthly between 0 and 1000000);
