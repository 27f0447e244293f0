--liquibase formatted sql

--changeset concession:check_concession_lines runOnChange:true splitStatements:false
-- Lines of a concession are of the transaction that asks for it.
--
-- Errors: foreign_key_violation: a line comes too late: its concession is not of this transaction
-- Trigger: concession_line_complete on concession_line
create or replace function check_concession_lines() returns trigger language plpgsql as $$
begin
    if exists (select from added a
                 left join concession_document k on k.concession_id = a.concession_id and k.created_in = pg_current_xact_id()
                where k.concession_id is null) then
        raise exception 'a line comes too late: its concession is not of this transaction' using errcode = 'foreign_key_violation';
    end if;
    return null;
end $$;
