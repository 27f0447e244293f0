--liquibase formatted sql

--changeset ledger:refuse_history_change runOnChange:true splitStatements:false
-- Rejects UPDATE, DELETE and TRUNCATE of history by any role: what is booked or issued is corrected by a further row.
--
-- Errors: restrict_violation: history of % cannot be changed: post a reversal
-- Trigger: on all append-only tables that can be written to
create or replace function refuse_history_change() returns trigger language plpgsql as $$
begin
    raise exception 'history of % cannot be changed: post a reversal', tg_table_name using errcode = 'restrict_violation';
end $$;
