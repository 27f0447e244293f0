--liquibase formatted sql

--changeset bank:0005
--comment What somebody typed in counts for what is credited by hand to a customer in a day.
create index bank_line_entered_ix on bank_line (organization_id, decided_at) where entered_by is not null;
--rollback drop index bank_line_entered_ix;
