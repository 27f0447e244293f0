--liquibase formatted sql

--changeset adjustment:check_adjustment_is_whole runOnChange:true splitStatements:false
-- At commit: a request about an invoice names its lines from the beginning.
--
-- Errors: check_violation: adjustment % (%) does not say of which lines it is
-- Trigger: adjustment_whole on adjustment
create or replace function check_adjustment_is_whole() returns trigger language plpgsql as $$
begin
    if (new.kind in ('CREDIT_NOTE', 'VOID')) <> exists (select from adjustment_line where adjustment_id = new.id) then
        raise exception 'adjustment % (%) does not say of which lines it is', new.id, new.kind using errcode = 'check_violation';
    end if;
    return null;
end $$;
