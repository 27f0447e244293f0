--liquibase formatted sql

--changeset accounting:baseline splitStatements:false

-- Settings of the export of a reseller's books to DATEV.
create table datev_settings (
    id bigint generated always as identity,
    consultant integer not null,
    client integer not null,
    chart text not null,
    year_begins integer not null,
    digits integer not null,
    recorded_at timestamptz not null,
    recorded_by text not null,
    constraint datev_settings_pk primary key (id),
    constraint datev_settings_consultant_ck check (consultant between 1001 and 9999999),
    constraint datev_settings_client_ck check (client between 1 and 99999),
    constraint datev_settings_chart_ck check (chart in ('SKR03', 'SKR04')),
    constraint datev_settings_year_ck check (year_begins between 1 and 12),
    constraint datev_settings_digits_ck check (digits between 4 and 8)
);
comment on table datev_settings is 'append-only: the reseller''s numbers at DATEV; the latest row applies; year_begins: month with whose first day a business year begins; digits: length of account numbers';
create trigger datev_settings_immutable before update or delete or truncate on datev_settings
    for each statement execute function refuse_history_change();

create table datev_account (
    terms_id bigint not null,
    kind text not null,
    number text not null,
    constraint datev_account_pk primary key (terms_id, kind),
    constraint datev_account_settings_fk foreign key (terms_id) references datev_settings (id),
    constraint datev_account_number_ck check (number ~ '^[0-9]{4,8}$'),
    constraint datev_account_kind_ck check (kind in ('WALLET', 'REVENUE', 'CASH', 'ADJUSTMENT', 'ROUNDING', 'TAX', 'WRITE_OFF'))
);
comment on table datev_account is 'append-only: chart account of a kind of ledger account, by those terms; only kinds between which nothing moves share one';
create trigger datev_account_immutable before update or delete or truncate on datev_account
    for each statement execute function refuse_history_change();
