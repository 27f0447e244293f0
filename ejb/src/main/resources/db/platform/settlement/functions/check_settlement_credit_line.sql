--liquibase formatted sql

--changeset settlement:check_settlement_credit_line runOnChange:true splitStatements:false
-- A line belongs to the transaction that issues its credit note, and credits at most the remainder of the settlement's line.
--
-- Errors: foreign_key_violation: line % of % refused: its credit note is not of this transaction
--         check_violation: line % of settlement % has % left, not %
-- Trigger: settlement_credit_line_complete on settlement_credit_line
create or replace function check_settlement_credit_line() returns trigger language plpgsql as $$
declare
    left_of_line numeric;
begin
    if not exists (select from settlement_credit
                    where id = new.credit_id and settlement_id = new.settlement_id and account_id = new.account_id
                      and created_in = pg_current_xact_id()) then
        raise exception 'line % of % refused: its credit note is not of this transaction', new.position, new.credit_id
            using errcode = 'foreign_key_violation';
    end if;
    select l.amount - coalesce((select sum(c.amount) from settlement_credit_line c
                                 where c.settlement_id = l.settlement_id and c.position = l.position), 0)
      into left_of_line
      from settlement_line l
     where l.settlement_id = new.settlement_id and l.position = new.position;
    if new.amount > left_of_line then
        raise exception 'line % of settlement % has % left, not %', new.position, new.settlement_id, left_of_line, new.amount
            using errcode = 'check_violation';
    end if;
    return new;
end $$;
