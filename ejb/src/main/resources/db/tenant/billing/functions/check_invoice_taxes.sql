--liquibase formatted sql

--changeset invoicing:check_invoice_taxes runOnChange:true splitStatements:false
-- Tax rows belong to the transaction that issues their document, checked once per statement.
--
-- Errors: foreign_key_violation: tax % of % refused: its document is not of this transaction
-- Trigger: invoice_tax_complete on invoice_tax
create or replace function check_invoice_taxes() returns trigger language plpgsql as $$
declare
    wrong record;
begin
    select a.invoice_id, a.tax_id into wrong
      from added a
      left join invoice v on v.id = a.invoice_id and v.created_in = pg_current_xact_id()
     where v.id is null
     limit 1;
    if found then
        raise exception 'tax % of % refused: its document is not of this transaction', wrong.tax_id, wrong.invoice_id
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end $$;
