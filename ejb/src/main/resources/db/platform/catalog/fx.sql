--liquibase formatted sql

--changeset fx:baseline splitStatements:false

-- Daily exchange rates: public, the same for all, stored once by the platform and read by every reseller.
create table exchange_rate (
    currency char(3) not null,
    day date not null,
    version integer not null default 1,
    per_euro numeric(20, 10) not null,
    source text not null,
    recorded_at timestamptz not null,
    recorded_by text not null,
    reason text,
    constraint exchange_rate_pk primary key (currency, day, version),
    constraint exchange_rate_corrected_ck check (version >= 1 and (version > 1) = (reason is not null) and length(reason) between 1 and 200),
    constraint exchange_rate_ck check (per_euro > 0 and currency <> 'EUR' and currency ~ '^[A-Z]{3}$' and length(source) > 0)
);
comment on table exchange_rate is 'append-only: value of one euro in a currency on a day, with its source; a recorded rate never changes: a correction is the next version, with its reason, and applies to what happens from then on';
create trigger exchange_rate_immutable before update or delete or truncate on exchange_rate
    for each statement execute function refuse_settled_change();
alter table exchange_rate enable row level security;
create policy exchange_rate_all on exchange_rate for select to tenantry_tenant using (true);
create policy exchange_rate_platform on exchange_rate to tenantry_platform using (true);
create policy exchange_rate_auditor on exchange_rate for select to tenantry_auditor using (true);
grant select (id, kind, source, effective_at, reason) on journal_entry to tenantry_tenant;
grant select (reverses) on journal_entry to tenantry_tenant;
grant select (currency, day, version, per_euro, source) on exchange_rate to tenantry_tenant;
