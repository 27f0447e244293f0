--liquibase formatted sql

--changeset mail:queue_invoice_delivery runOnChange:true splitStatements:false
-- Records issued documents for emailing, in one statement for a whole batch. Wakes the threads that write emails (channel tenantry_live).
--
-- Trigger: invoice_delivery_queued on invoice
create or replace function queue_invoice_delivery() returns trigger language plpgsql as $$
begin
    insert into invoice_delivery (invoice_id, queued_at)
    select id, issued_at from added where kind in ('INVOICE', 'CREDIT_NOTE', 'DEBIT_NOTE');
    if found then
        perform pg_notify('tenantry_live', current_schema() || ' MAIL -');
    end if;
    return null;
end $$;
