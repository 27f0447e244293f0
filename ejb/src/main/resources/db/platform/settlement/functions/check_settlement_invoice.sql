--liquibase formatted sql

--changeset settlement:check_settlement_invoice runOnChange:true splitStatements:false
-- An invoice belongs to the transaction that issues its settlement, and only a taxed one has a tax rate.
--
-- Errors: foreign_key_violation: invoice of % refused: its settlement is not of this transaction, or taxed otherwise
-- Trigger: settlement_invoice_complete on settlement_invoice
create or replace function check_settlement_invoice() returns trigger language plpgsql as $$
begin
    if not exists (select from settlement s
                    where s.id = new.settlement_id and s.account_id = new.account_id and s.created_in = pg_current_xact_id()
                      and (s.tax_percent = 0 or new.treatment = 'TAXED')) then
        raise exception 'invoice of % refused: its settlement is not of this transaction, or taxed otherwise', new.settlement_id
            using errcode = 'foreign_key_violation';
    end if;
    return new;
end $$;
