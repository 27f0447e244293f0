--liquibase formatted sql

--changeset notice:0006
--comment Of services that are suspended, and that are not any more, people are written too.
drop index notification_unlettered_ix;
create index notification_unlettered_ix on notification (id)
    where lettered_at is null and kind in ('WALLET_LOW', 'WALLET_EMPTY', 'WALLET_OVER_LIMIT', 'ENQUIRY', 'PRICE_MOVED', 'SERVICE_FAILED', 'TRANSFER_NEARLY_USED', 'TRANSFER_USED', 'SERVICE_SUSPENDED', 'SERVICE_RESUMED');
--rollback drop index notification_unlettered_ix; create index notification_unlettered_ix on notification (id) where lettered_at is null and kind in ('WALLET_LOW', 'WALLET_EMPTY', 'WALLET_OVER_LIMIT', 'ENQUIRY', 'PRICE_MOVED', 'SERVICE_FAILED', 'TRANSFER_NEARLY_USED', 'TRANSFER_USED');
