--liquibase formatted sql

--changeset notice:0004
--comment Of prices of vendors that have moved people are written too.
drop index notification_unlettered_ix;
create index notification_unlettered_ix on notification (id)
    where lettered_at is null and kind in ('WALLET_LOW', 'WALLET_EMPTY', 'WALLET_OVER_LIMIT', 'ENQUIRY', 'PRICE_MOVED');
--rollback drop index notification_unlettered_ix; create index notification_unlettered_ix on notification (id) where lettered_at is null and kind in ('WALLET_LOW', 'WALLET_EMPTY', 'WALLET_OVER_LIMIT', 'ENQUIRY');
