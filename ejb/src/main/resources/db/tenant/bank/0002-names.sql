--liquibase formatted sql

--changeset bank:0002
--comment Who is called like a payer, however the name is written.
create index organization_called_ix on organization ((regexp_replace(lower(name), '[^[:alnum:]]', '', 'g')));
--rollback drop index organization_called_ix;
