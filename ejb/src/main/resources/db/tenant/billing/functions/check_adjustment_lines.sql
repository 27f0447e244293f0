--liquibase formatted sql

--changeset adjustment:check_adjustment_lines runOnChange:true splitStatements:false
-- Lines of an adjustment belong to the transaction that requests it.
--
-- Errors: foreign_key_violation: a line comes too late: its adjustment is not of this transaction
-- Trigger: adjustment_line_complete on adjustment_line
create or replace function check_adjustment_lines() returns trigger language plpgsql as $$
begin
    if exists (select from added a
                 left join adjustment_invoice k on k.adjustment_id = a.adjustment_id and k.created_in = pg_current_xact_id()
                where k.adjustment_id is null) then
        raise exception 'a line comes too late: its adjustment is not of this transaction' using errcode = 'foreign_key_violation';
    end if;
    return null;
end $$;
