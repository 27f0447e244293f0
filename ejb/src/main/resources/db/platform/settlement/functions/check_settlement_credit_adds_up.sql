--liquibase formatted sql

--changeset settlement:check_settlement_credit_adds_up runOnChange:true splitStatements:false
-- At commit: a credit note is the sum of its lines, and its number was taken from its series.
--
-- Errors: check_violation: credit note % says % and %, its lines say % and %
--         check_violation: credit note % took no number of its series
-- Trigger: settlement_credit_adds_up on settlement_credit
create or replace function check_settlement_credit_adds_up() returns trigger language plpgsql as $$
declare
    added record;
begin
    select coalesce(sum(c.amount) filter (where l.kind in ('SERVICE', 'ADDON')), 0) as wholesale,
           coalesce(sum(c.amount) filter (where l.kind not in ('SERVICE', 'ADDON')), 0) as fees
      into added
      from settlement_credit_line c
      join settlement_line l on l.settlement_id = c.settlement_id and l.position = c.position
     where c.credit_id = new.id;
    if (added.wholesale, added.fees) is distinct from (new.wholesale, new.fees) then
        raise exception 'credit note % says % and %, its lines say % and %', new.number_text, new.wholesale, new.fees,
            added.wholesale, added.fees using errcode = 'check_violation';
    end if;
    if not exists (select from settlement_credit_series where year = new.year and next_number > new.number) then
        raise exception 'credit note % took no number of its series', new.number_text using errcode = 'check_violation';
    end if;
    return null;
end $$;
