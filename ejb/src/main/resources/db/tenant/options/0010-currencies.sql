--liquibase formatted sql

--changeset options:0010
--comment Prices of options in several currencies.
drop index option_price_from_uq;
create unique index option_price_from_uq on option_price (kind, coalesce(policy, ''), currency, valid_from);
comment on column option_price.wholesale is 'what the platform asks of the reseller a month for a unit, in the currency of the reseller''s books; of so many it is so many times that, in the price version that is written for them';
--rollback drop index option_price_from_uq; create unique index option_price_from_uq on option_price (kind, coalesce(policy, ''), valid_from);
