--liquibase formatted sql

--changeset search:0002
--comment Documents by how their numbers begin, people by how their names, last names and addresses begin, servers by how their addresses begin.
create index invoice_begins_ix on invoice (lower(number_text) text_pattern_ops);
create index person_begins_ix on person (lower(name) text_pattern_ops);
create index person_last_name_begins_ix on person (lower(regexp_replace(name, '^.* ', '')) text_pattern_ops);
create index person_email_begins_ix on person (email text_pattern_ops);
create index organization_email_begins_ix on organization (billing_email text_pattern_ops);
create index service_address_of_begins_ix on service (address text_pattern_ops);
create index service_address_begins_ix on service_address (address text_pattern_ops);
create index bank_reference_begins_ix on bank_reference (lower(reference) text_pattern_ops);
--rollback drop index bank_reference_begins_ix; drop index service_address_begins_ix; drop index service_address_of_begins_ix; drop index organization_email_begins_ix; drop index person_email_begins_ix; drop index person_last_name_begins_ix; drop index person_begins_ix; drop index invoice_begins_ix;
