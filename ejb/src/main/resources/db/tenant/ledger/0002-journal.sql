--liquibase formatted sql

--changeset ledger:0003
--comment The journal of any days, the newest first, without passing by all that came after them.
create index journal_entry_effective_ix on journal_entry (effective_at, id);
--rollback drop index journal_entry_effective_ix;
