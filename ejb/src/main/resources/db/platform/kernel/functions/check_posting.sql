--liquibase formatted sql

--changeset ledger:check_posting runOnChange:true splitStatements:false
-- A posting's entry belongs to this transaction, and its account has the posting's currency.
--
-- Errors: foreign_key_violation: posting % on % refused: its entry is not of this transaction, or its account not of that currency
-- Trigger: posting_complete on posting
create or replace function check_posting() returns trigger language plpgsql as $$
begin
    if not exists (select from journal_entry where id = new.entry_id and created_in = pg_current_xact_id())
       or not exists (select from ledger_account where id = new.account_id and currency = new.currency) then
        raise exception 'posting % on % refused: its entry is not of this transaction, or its account not of that currency',
            new.entry_id, new.account_id using errcode = 'foreign_key_violation';
    end if;
    return new;
end $$;
