--liquibase formatted sql

--changeset invoicing:lock_invoice_policy runOnChange:true splitStatements:false
-- Locks the rules for documents until the transaction ends: whatever else is done is done before or after documents are issued, and one at a time.
--
-- Called by: tax.TaxEffectiveDates
create or replace function lock_invoice_policy() returns void
language plpgsql
as $$
begin
    perform from invoice_policy for update;
end $$;
