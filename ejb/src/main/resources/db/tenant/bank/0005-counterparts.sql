--liquibase formatted sql

--changeset bank:0007
--comment A return of an earlier payment is shown with the payment that it takes back.
alter table bank_line
    add column counter_id uuid references bank_line,
    drop constraint bank_line_why_ck,
    add constraint bank_line_why_ck check (why in ('REFERENCE', 'PAYER', 'DOCUMENT', 'DIGITS', 'NAME', 'AMBIGUOUS', 'UNKNOWN', 'CURRENCY', 'ALIKE',
                                                   'TAKEN_BACK', 'OUTGOING', 'BY_HAND', 'TOTALS', 'CHANGED', 'ENTERED', 'RETURN', 'RETURNED'));
alter table bank_row add column counter_id uuid references bank_line;
create index bank_line_counter_ix on bank_line (counter_id) where counter_id is not null;
create index bank_line_amount_ix on bank_line (amount, currency);
comment on column bank_line.counter_id is 'the movement the other way that this one may take back, or that may take it back';
--rollback drop index bank_line_amount_ix; drop index bank_line_counter_ix;
--rollback alter table bank_row drop column counter_id;
--rollback update bank_line set why = 'BY_HAND' where why in ('RETURN', 'RETURNED');
--rollback alter table bank_line drop constraint bank_line_why_ck, drop column counter_id;
--rollback alter table bank_line add constraint bank_line_why_ck check (why in ('REFERENCE', 'PAYER', 'DOCUMENT', 'DIGITS', 'NAME', 'AMBIGUOUS', 'UNKNOWN', 'CURRENCY', 'ALIKE', 'TAKEN_BACK', 'OUTGOING', 'BY_HAND', 'TOTALS', 'CHANGED', 'ENTERED'));
