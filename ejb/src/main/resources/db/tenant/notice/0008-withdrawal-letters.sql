--liquibase formatted sql

--changeset notice:0008
--comment Staff who may see plans get a letter when announced wholesale prices are withdrawn.
drop index notification_unlettered_ix;
create index notification_unlettered_ix on notification (id)
    where lettered_at is null and kind in ('WALLET_LOW', 'WALLET_EMPTY', 'WALLET_OVER_LIMIT', 'ENQUIRY', 'PRICE_MOVED', 'SERVICE_FAILED', 'TRANSFER_NEARLY_USED', 'TRANSFER_USED', 'SERVICE_SUSPENDED', 'SERVICE_RESUMED', 'OWNER_LET_IN', 'WHOLESALE_WITHDRAWN');
--rollback drop index notification_unlettered_ix; create index notification_unlettered_ix on notification (id) where lettered_at is null and kind in ('WALLET_LOW', 'WALLET_EMPTY', 'WALLET_OVER_LIMIT', 'ENQUIRY', 'PRICE_MOVED', 'SERVICE_FAILED', 'TRANSFER_NEARLY_USED', 'TRANSFER_USED', 'SERVICE_SUSPENDED', 'SERVICE_RESUMED', 'OWNER_LET_IN');
