--liquibase formatted sql

--changeset service:numbers-given-again
drop index service_upstream_uq;
create unique index service_upstream_uq on service (account, upstream_id)
    where upstream_id is not null and state not in ('TERMINATING', 'TERMINATED', 'FAILED');
comment on index service_upstream_uq is 'a server is one running service''s; vendors may give the number of one that was deleted again';
--rollback drop index service_upstream_uq; create unique index service_upstream_uq on service (account, upstream_id) where upstream_id is not null;
