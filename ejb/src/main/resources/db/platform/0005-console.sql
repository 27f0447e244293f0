--liquibase formatted sql

--changeset console:0001 splitStatements:false
--comment PostgreSQL tells a database's size only to those who may connect to it.
do $$ begin execute format('grant connect on database %I to tenantry_platform', current_database()); end $$;
--rollback do $$ begin execute format('revoke connect on database %I from tenantry_platform', current_database()); end $$;
