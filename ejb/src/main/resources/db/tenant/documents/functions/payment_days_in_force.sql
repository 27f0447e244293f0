--liquibase formatted sql

--changeset documents:payment_days_in_force runOnChange:true splitStatements:false
-- The payment days of the document template in force.
--
-- Returns: days after the day of issue; 14 if no template says otherwise
-- Called by: invoicing.CorrectionWriter, function issue_invoices
create or replace function payment_days_in_force() returns integer language sql stable as $$
    select coalesce((select payment_days from document_template order by version desc limit 1), 14)
$$;
comment on function payment_days_in_force is 'number of days after its issue within which a document is to be paid, by the template in force; 14 by default';
