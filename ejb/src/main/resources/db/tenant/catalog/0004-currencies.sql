--liquibase formatted sql

--changeset catalog:0004
--comment A reseller may sell in further currencies, each with prices of its own. All of it is the reseller's.
create table sales_currency (
    code char(3) not null,
    decimals integer not null,
    opened_at timestamptz not null,
    opened_by text not null,
    closed_at timestamptz,
    constraint sales_currency_pk primary key (code),
    constraint sales_currency_code_ck check (code ~ '^[A-Z]{3}$'),
    constraint sales_currency_decimals_ck check (decimals between 0 and 4),
    constraint sales_currency_closed_ck check (closed_at >= opened_at)
);
comment on table sales_currency is 'currencies that the reseller sells in besides its own; closed: nobody begins to pay in it any more, and who does goes on';

alter table price_version drop constraint price_version_plan_from_uq;
create unique index price_version_plan_from_uq on price_version (plan_id, currency, valid_from);
comment on column price_version.wholesale_monthly is 'what the platform asks of the reseller, in the currency of the reseller''s books, whatever the currency of the price';
--rollback drop index price_version_plan_from_uq; alter table price_version add constraint price_version_plan_from_uq unique (plan_id, valid_from); drop table sales_currency;
