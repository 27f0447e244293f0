--liquibase formatted sql

--changeset settlement:check_settlement_taxed runOnChange:true splitStatements:false
-- At commit: a settlement with tax is an invoice.
--
-- Errors: check_violation: settlement % asks tax and is no invoice
-- Trigger: settlement_taxed on settlement
create or replace function check_settlement_taxed() returns trigger language plpgsql as $$
begin
    if not exists (select from settlement_invoice i where i.settlement_id = new.id) then
        raise exception 'settlement % asks tax and is no invoice', new.number_text using errcode = 'check_violation';
    end if;
    return null;
end $$;
