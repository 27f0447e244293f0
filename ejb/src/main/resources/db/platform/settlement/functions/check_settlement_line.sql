--liquibase formatted sql

--changeset settlement:check_settlement_line runOnChange:true splitStatements:false
-- A line belongs to the transaction that issues its settlement.
--
-- Errors: foreign_key_violation: line % of % refused: its settlement is not of this transaction
-- Trigger: settlement_line_complete on settlement_line
create or replace function check_settlement_line() returns trigger language plpgsql as $$
begin
    if not exists (select from settlement
                    where id = new.settlement_id and account_id = new.account_id and created_in = pg_current_xact_id()) then
        raise exception 'line % of % refused: its settlement is not of this transaction', new.position, new.settlement_id
            using errcode = 'foreign_key_violation';
    end if;
    return new;
end $$;
