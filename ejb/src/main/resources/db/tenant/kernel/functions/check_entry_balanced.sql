--liquibase formatted sql

--changeset ledger:check_entry_balanced runOnChange:true splitStatements:false
-- At commit: a journal entry has at least two postings, and they sum to zero in each currency.
--
-- Errors: check_violation: journal entry % has % postings, at least 2 are needed
--         check_violation: journal entry % does not balance: %
-- Trigger: journal_entry_balanced on journal_entry
create or replace function check_entry_balanced() returns trigger language plpgsql as $$
declare
    legs integer;
    off text;
begin
    select count(*) into legs from posting where entry_id = new.id;
    if legs < 2 then
        raise exception 'journal entry % has % postings, at least 2 are needed', new.id, legs
            using errcode = 'check_violation';
    end if;
    select currency || ' ' || sum(amount) into off
      from posting where entry_id = new.id group by currency having sum(amount) <> 0 limit 1;
    if off is not null then
        raise exception 'journal entry % does not balance: %', new.id, off using errcode = 'check_violation';
    end if;
    return null;
end $$;
