--liquibase formatted sql

--changeset bank:0005
--comment What somebody typed in counts for what is credited by hand to a customer in a day.
create index bank_line_entered_ix on bank_line (organization_id, decided_at) where entered_by is not null;
--rollback drop index bank_line_entered_ix;

--changeset bank:0006
--comment Accounts in rows to review are written as those in lines, so that a payment is known by them.
update bank_row
   set account = upper(regexp_replace(account, '[[:space:]]', '', 'g')), iban = upper(regexp_replace(iban, '[[:space:]]', '', 'g'))
 where kind = 'REVIEW' and (account ~ '[[:space:][:lower:]]' or iban ~ '[[:space:][:lower:]]');
update bank_line
   set iban = upper(regexp_replace(iban, '[[:space:]]', '', 'g'))
 where entered_by is not null and iban ~ '[[:space:][:lower:]]';
create index bank_row_alike_ix on bank_row (booked_on, amount) where review in ('OPEN', 'DISCARDED');
--rollback drop index bank_row_alike_ix;
