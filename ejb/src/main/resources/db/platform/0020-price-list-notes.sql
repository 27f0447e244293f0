--liquibase formatted sql

--changeset pricing:0006
--comment Notes on versions of price lists are written for operators: no reseller reads them.
revoke select (note) on price_list_version from tenantry_tenant;
--rollback grant select (note) on price_list_version to tenantry_tenant;
