--liquibase formatted sql

--changeset wallet:0003
--comment An organization pays from one wallet at a time; one in another currency follows when nothing runs and nothing is left in it.
alter table wallet add column closed_at timestamptz;
alter table wallet add constraint wallet_closed_ck check (closed_at >= opened_at);
create unique index wallet_open_uq on wallet (organization_id) where closed_at is null;
comment on column wallet.closed_at is 'when the organization began to pay in another currency; empty for the wallet that it pays from';
--rollback drop index wallet_open_uq; alter table wallet drop column closed_at;
