--liquibase formatted sql

--changeset invoicing:check_invoice_lines runOnChange:true splitStatements:false
-- Lines belong to the transaction that issues their document, checked once per statement.
--
-- Errors: foreign_key_violation: line % of % refused: its document is not of this transaction
-- Trigger: invoice_line_complete on invoice_line
create or replace function check_invoice_lines() returns trigger language plpgsql as $$
declare
    wrong record;
begin
    select a.invoice_id, a.position into wrong
      from added a
      left join invoice v on v.id = a.invoice_id and v.created_in = pg_current_xact_id()
     where v.id is null
     limit 1;
    if found then
        raise exception 'line % of % refused: its document is not of this transaction', wrong.position, wrong.invoice_id
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end $$;
