--liquibase formatted sql

--changeset invoicing:guard_invoice_series runOnChange:true splitStatements:false
-- A series keeps its identity; its next number only rises.
--
-- Errors: restrict_violation: series % % only goes on
-- Trigger: invoice_series_guarded on invoice_number_sequence
create or replace function guard_invoice_series() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if new.next_number > old.next_number and to_jsonb(new) - 'next_number' = to_jsonb(old) - 'next_number' then
            return new;
        end if;
    end if;
    raise exception 'series % % only goes on', old.kind, old.year using errcode = 'restrict_violation';
end $$;
