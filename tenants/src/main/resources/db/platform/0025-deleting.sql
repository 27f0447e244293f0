--liquibase formatted sql

--changeset deleting:0001
--comment A reseller that leaves: first nobody serves it, then its data is removed, and its row stays, so that its slug is never given again.
alter table tenant drop constraint tenant_state_ck;
alter table tenant add constraint tenant_state_ck check (state in
    ('CREATING', 'ACTIVE', 'SUSPENDED', 'MAINTENANCE', 'MOVING', 'DELETING', 'DELETED'));
alter table tenant add column suspended_at timestamptz;
alter table tenant add column deleting_at timestamptz;
alter table tenant add column deleted_at timestamptz;
alter table tenant add constraint tenant_deleted_ck check ((state = 'DELETED') = (deleted_at is not null));
comment on column tenant.suspended_at is 'since when its portal is closed, in real time; null while it is open, and for those that were closed before this was noted';
comment on column tenant.deleting_at is 'since when it is being deleted, in real time: every node has heard of it some seconds later';
comment on column tenant.deleted_at is 'when the last of its data was removed';
--rollback alter table tenant drop constraint tenant_deleted_ck; alter table tenant drop column deleted_at, drop column deleting_at, drop column suspended_at;
