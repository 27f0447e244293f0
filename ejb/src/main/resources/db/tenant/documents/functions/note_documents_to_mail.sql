--liquibase formatted sql

--changeset mail:note_documents_to_mail runOnChange:true splitStatements:false
-- Records issued documents for emailing, in one statement for a whole batch. Wakes the threads that write emails (channel tenantry_live).
--
-- Trigger: invoice_noted on invoice
create or replace function note_documents_to_mail() returns trigger language plpgsql as $$
begin
    insert into invoice_delivery (invoice_id, queued_at)
    select id, issued_at from added where kind in ('INVOICE', 'CREDIT_NOTE', 'DEBIT_NOTE');
    if found then
        perform pg_notify('tenantry_live', current_schema() || ' MAIL -');
    end if;
    return null;
end $$;
