--liquibase formatted sql

--changeset search:baseline splitStatements:false

-- Prefix search for names, independent of the database's collation.
create index organization_begins_ix on organization (lower(name) text_pattern_ops);
create index service_begins_ix on service (lower(name) text_pattern_ops);
create index plan_begins_ix on plan (lower(name) text_pattern_ops);
-- Prefix search for documents by number, people by name, last name and address, and servers by IP address.
create index invoice_begins_ix on invoice (lower(number_text) text_pattern_ops);
create index person_begins_ix on person (lower(name) text_pattern_ops);
create index person_last_name_begins_ix on person (lower(regexp_replace(name, '^.* ', '')) text_pattern_ops);
create index person_email_begins_ix on person (email text_pattern_ops);
create index organization_email_begins_ix on organization (billing_email text_pattern_ops);
create index service_address_of_begins_ix on service (address text_pattern_ops);
create index service_address_begins_ix on service_address (address text_pattern_ops);
create index bank_reference_begins_ix on bank_reference (lower(reference) text_pattern_ops);
