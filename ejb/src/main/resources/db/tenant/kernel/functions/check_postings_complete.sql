--liquibase formatted sql

--changeset ledger:check_postings_complete runOnChange:true splitStatements:false
-- Foreign keys of postings, checked once per statement: the entry belongs to this transaction, so that nothing is added to an old one, and the
-- account has the posting's currency. A charging batch writes a thousand postings at once.
--
-- Errors: foreign_key_violation: posting % on % refused: %
-- Trigger: posting_complete on posting
create or replace function check_postings_complete() returns trigger language plpgsql as $$
declare
    wrong record;
begin
    select a.entry_id, a.account_id, e.id as entry, l.id as account into wrong
      from added a
      left join journal_entry e on e.id = a.entry_id and e.created_in = pg_current_xact_id()
      left join ledger_account l on l.id = a.account_id and l.currency = a.currency
     where e.id is null or l.id is null
     limit 1;
    if found then
        raise exception 'posting % on % refused: %', wrong.entry_id, wrong.account_id,
            case when wrong.entry is null then 'its entry is not of this transaction'
                 else 'no such account in that currency' end
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end $$;
