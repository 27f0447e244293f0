--liquibase formatted sql

--changeset usage:0005
--comment Prices of transfer and packs of it in several currencies.
alter table transfer_price drop constraint transfer_price_from_uq;
create unique index transfer_price_from_uq on transfer_price (currency, valid_from);
drop index transfer_pack_offer_open_uq;
create unique index transfer_pack_offer_open_uq on transfer_pack_offer (gib, coalesce(months, 0), currency) where withdrawn_at is null;
--rollback drop index transfer_pack_offer_open_uq; create unique index transfer_pack_offer_open_uq on transfer_pack_offer (gib, coalesce(months, 0)) where withdrawn_at is null; drop index transfer_price_from_uq; alter table transfer_price add constraint transfer_price_from_uq unique (valid_from);
