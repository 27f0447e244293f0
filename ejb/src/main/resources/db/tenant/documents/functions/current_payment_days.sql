--liquibase formatted sql

--changeset documents:current_payment_days runOnChange:true splitStatements:false
-- The payment days of the document template in force.
--
-- Returns: days after the day of issue; 14 if no template says otherwise
-- Called by: invoicing.CorrectionWriter, function issue_invoices
create or replace function current_payment_days() returns integer language sql stable as $$
    select coalesce((select payment_days from document_template order by version desc limit 1), 14)
$$;
comment on function current_payment_days is 'number of days after its issue within which a document is to be paid, by the template in force; 14 by default';
