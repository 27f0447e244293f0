--liquibase formatted sql

--changeset bank:reference-key splitStatements:false
alter table bank_transaction add column reference_key text not null default '';
alter table bank_row add column reference_key text not null default '';
create index bank_transaction_reference_ix on bank_transaction (reference_key) where reference_key <> '';
create index bank_row_reference_ix on bank_row (reference_key) where reference_key <> '' and review in ('OPEN', 'DISCARDED');
comment on column bank_transaction.reference_key is 'Digest of the bank''s reference with amount and currency, whichever day it was booked; empty: the bank gave none';
