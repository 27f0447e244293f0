--liquibase formatted sql

--changeset search:0001
--comment Names by how they begin, whatever the database's collation.
create index organization_begins_ix on organization (lower(name) text_pattern_ops);
create index service_begins_ix on service (lower(name) text_pattern_ops);
create index plan_begins_ix on plan (lower(name) text_pattern_ops);
--rollback drop index plan_begins_ix; drop index service_begins_ix; drop index organization_begins_ix;
