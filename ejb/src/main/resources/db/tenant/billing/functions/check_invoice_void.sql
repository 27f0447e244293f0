--liquibase formatted sql

--changeset invoicing:check_invoice_void runOnChange:true splitStatements:false
-- At commit: a void invoice names the credit note that voided it.
--
-- Errors: check_violation: document % is void by nothing
-- Trigger: invoice_void_checked on invoice
create or replace function check_invoice_void() returns trigger language plpgsql as $$
begin
    if new.state = 'VOID' and not exists (select from invoice_void where invoice_id = new.id) then
        raise exception 'document % is void by nothing', new.number_text using errcode = 'check_violation';
    end if;
    return null;
end $$;
