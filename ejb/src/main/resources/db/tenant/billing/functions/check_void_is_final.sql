--liquibase formatted sql

--changeset invoicing:check_void_is_final runOnChange:true splitStatements:false
-- At commit: nothing corrects a void invoice except the credit note that voided it.
--
-- Errors: check_violation: document % corrects one that is void
-- Trigger: invoice_void_final on invoice
create or replace function check_void_is_final() returns trigger language plpgsql as $$
begin
    if exists (select from invoice_void where invoice_id = new.corrects_id and credit_note_id <> new.id) then
        raise exception 'document % corrects one that is void', new.number_text using errcode = 'check_violation';
    end if;
    return null;
end $$;
