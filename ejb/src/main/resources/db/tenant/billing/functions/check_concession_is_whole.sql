--liquibase formatted sql

--changeset concession:check_concession_is_whole runOnChange:true splitStatements:false
-- At commit: what is asked for of an invoice says from the beginning which lines it is about.
--
-- Errors: check_violation: concession % (%) does not say of which lines it is
-- Trigger: concession_whole on concession
create or replace function check_concession_is_whole() returns trigger language plpgsql as $$
begin
    if (new.kind in ('CREDIT_NOTE', 'VOID')) <> exists (select from concession_line where concession_id = new.id) then
        raise exception 'concession % (%) does not say of which lines it is', new.id, new.kind using errcode = 'check_violation';
    end if;
    return null;
end $$;
