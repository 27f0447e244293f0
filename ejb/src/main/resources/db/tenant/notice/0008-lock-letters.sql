--liquibase formatted sql

--changeset notice:0008
--comment Those who manage a team get a letter when an account of it is locked or unlocked.
drop index notification_unlettered_ix;
create index notification_unlettered_ix on notification (id)
    where lettered_at is null and kind in ('WALLET_LOW', 'WALLET_EMPTY', 'WALLET_OVER_LIMIT', 'ENQUIRY', 'PRICE_MOVED', 'SERVICE_FAILED', 'TRANSFER_NEARLY_USED', 'TRANSFER_USED', 'SERVICE_SUSPENDED', 'SERVICE_RESUMED', 'OWNER_LET_IN', 'WHOLESALE_WITHDRAWN', 'MEMBER_LOCKED', 'MEMBER_UNLOCKED');
--rollback drop index notification_unlettered_ix; create index notification_unlettered_ix on notification (id) where lettered_at is null and kind in ('WALLET_LOW', 'WALLET_EMPTY', 'WALLET_OVER_LIMIT', 'ENQUIRY', 'PRICE_MOVED', 'SERVICE_FAILED', 'TRANSFER_NEARLY_USED', 'TRANSFER_USED', 'SERVICE_SUSPENDED', 'SERVICE_RESUMED', 'OWNER_LET_IN');
