--liquibase formatted sql

--changeset notice:0005
--comment Of orders that have failed people are written too.
drop index notification_unlettered_ix;
create index notification_unlettered_ix on notification (id)
    where lettered_at is null and kind in ('WALLET_LOW', 'WALLET_EMPTY', 'WALLET_OVER_LIMIT', 'ENQUIRY', 'PRICE_MOVED', 'SERVICE_FAILED');
--rollback drop index notification_unlettered_ix; create index notification_unlettered_ix on notification (id) where lettered_at is null and kind in ('WALLET_LOW', 'WALLET_EMPTY', 'WALLET_OVER_LIMIT', 'ENQUIRY', 'PRICE_MOVED');
