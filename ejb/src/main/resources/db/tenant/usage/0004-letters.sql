--liquibase formatted sql

--changeset usage:0004
--comment Of transfer that is nearly used up, or used up, people are written too.
drop index notification_unlettered_ix;
create index notification_unlettered_ix on notification (id)
    where lettered_at is null and kind in ('WALLET_LOW', 'WALLET_EMPTY', 'WALLET_OVER_LIMIT', 'ENQUIRY', 'PRICE_MOVED', 'SERVICE_FAILED', 'TRANSFER_NEARLY_USED', 'TRANSFER_USED');
--rollback drop index notification_unlettered_ix; create index notification_unlettered_ix on notification (id) where lettered_at is null and kind in ('WALLET_LOW', 'WALLET_EMPTY', 'WALLET_OVER_LIMIT', 'ENQUIRY', 'PRICE_MOVED', 'SERVICE_FAILED');
