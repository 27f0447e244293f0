--liquibase formatted sql

--changeset ledger:refuse_settled_change runOnChange:true splitStatements:false
-- Rejects changes of issued or booked rows by any role.
--
-- Errors: restrict_violation: history of % cannot be changed
-- Trigger: on all append-only tables that can be written to
create or replace function refuse_settled_change() returns trigger language plpgsql as $$
begin
    raise exception 'history of % cannot be changed', tg_table_name using errcode = 'restrict_violation';
end $$;
