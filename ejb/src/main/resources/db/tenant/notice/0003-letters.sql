--liquibase formatted sql

--changeset notice:0003
--comment Some of what people are told they are also written. What was told before is not written of any more.
alter table notification add column lettered_at timestamptz;
update notification set lettered_at = created_at;
create index notification_unlettered_ix on notification (id)
    where lettered_at is null and kind in ('WALLET_LOW', 'WALLET_EMPTY', 'WALLET_OVER_LIMIT', 'ENQUIRY');
comment on column notification.lettered_at is 'when a letter was written of it, or found not to be needed; only of the kinds in the index of those that are left';
--rollback alter table notification drop column lettered_at;
