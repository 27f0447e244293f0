--liquibase formatted sql

--changeset settlement:baseline splitStatements:false

-- Resellers' debts to the platform: runs, terms, documents, and the platform's books. All rows belong to the platform; a reseller reads its own.
create table settlement_policy (
    one boolean not null default true,
    window_hours integer not null default 96,
    first_month date,
    constraint settlement_policy_pk primary key (one),
    constraint settlement_policy_one_ck check (one),
    constraint settlement_policy_window_ck check (window_hours between 0 and 480),
    constraint settlement_policy_month_ck check (extract(day from first_month) = 1)
);
comment on table settlement_policy is 'a month is settled window_hours after its end, when its documents are issued; first_month: earlier months are not settled, null for the month in which each reseller started. Resellers that existed before settlements start with the month in which these were introduced; belongs to the platform';
insert into settlement_policy default values;

create table reseller_ledger_account (
    id uuid not null,
    tenant text not null,
    tenant_role text,
    currency char(3) not null,
    credit_limit numeric(20, 8),
    balance numeric(20, 8) not null default 0,
    version bigint not null default 0,
    opened_at timestamptz not null,
    closed_at timestamptz,
    constraint reseller_ledger_account_pk primary key (id),
    constraint reseller_ledger_account_role_ck check (tenant_role = 'tn_' || replace(tenant, '-', '_')),
    constraint reseller_ledger_account_limit_ck check (credit_limit >= 0),
    constraint reseller_ledger_account_closed_ck check ((closed_at is null) = (tenant_role is not null))
);
create unique index reseller_ledger_account_uq on reseller_ledger_account (tenant, currency) where closed_at is null;
create index reseller_ledger_account_role_ix on reseller_ledger_account (tenant_role);
comment on table reseller_ledger_account is 'a reseller''s account with the platform: balance is the sum of its postings, below zero is a debt; credit_limit: maximum debt, null for any; tenant_role: role that may read it, null once the reseller is deleted, so that another of that name inherits nothing';
create trigger reseller_account_guarded before update or delete on reseller_ledger_account
    for each row execute function guard_reseller_account();
alter table reseller_ledger_account enable row level security;
-- A reseller reads its own rows and writes none; it cannot see who of the platform wrote them.
create policy reseller_account_own on reseller_ledger_account for select to tenantry_tenant using (tenant_role = current_user::text);
create policy reseller_account_platform on reseller_ledger_account to tenantry_platform using (true);
create policy reseller_account_auditor on reseller_ledger_account for select to tenantry_auditor using (true);
create policy posting_own on posting for select to tenantry_tenant
    using (account_id in (select a.id from reseller_ledger_account a where a.tenant_role = current_user::text));
grant select on reseller_ledger_account to tenantry_tenant;
grant select on posting to tenantry_tenant;

create table fee_terms (
    id bigint generated always as identity,
    account_id uuid,
    currency char(3) not null,
    valid_from date not null,
    per_service numeric(20, 8) not null,
    per_organization numeric(20, 8) not null,
    minimum numeric(20, 8) not null,
    written_at timestamptz not null,
    written_by text not null,
    constraint fee_terms_pk primary key (id),
    constraint fee_terms_account_fk foreign key (account_id) references reseller_ledger_account (id),
    constraint fee_terms_month_ck check (extract(day from valid_from) = 1),
    constraint fee_terms_amount_ck check (per_service >= 0 and per_organization >= 0 and minimum >= 0)
);
create index fee_terms_account_ix on fee_terms (account_id, currency, valid_from);
comment on table fee_terms is 'append-only: fees charged to a reseller in addition to wholesale prices from a month on, to all in that currency where account_id is null; of the same month the later row applies';
create trigger fee_terms_immutable before update or delete or truncate on fee_terms
    for each statement execute function refuse_settled_change();
alter table fee_terms enable row level security;
create policy fee_terms_own on fee_terms for select to tenantry_tenant
    using (account_id is null or account_id in (select a.id from reseller_ledger_account a where a.tenant_role = current_user::text));
create policy fee_terms_platform on fee_terms to tenantry_platform using (true);
create policy fee_terms_auditor on fee_terms for select to tenantry_auditor using (true);
grant select (id, account_id, currency, valid_from, per_service, per_organization, minimum) on fee_terms to tenantry_tenant;

create table fee_tier (
    terms_id bigint not null,
    revenue_threshold numeric(20, 8) not null,
    percent numeric(9, 6) not null,
    constraint fee_tier_pk primary key (terms_id, revenue_threshold),
    constraint fee_tier_terms_fk foreign key (terms_id) references fee_terms (id),
    constraint fee_tier_ck check (revenue_threshold >= 0 and percent between 0 and 100)
);
comment on table fee_tier is 'append-only: percentage charged on the part of a month''s revenue above an amount';
create trigger fee_tier_immutable before update or delete or truncate on fee_tier
    for each statement execute function refuse_settled_change();
alter table fee_tier enable row level security;
create policy fee_tier_own on fee_tier for select to tenantry_tenant
    using (exists (select from fee_terms t where t.id = fee_tier.terms_id));
create policy fee_tier_platform on fee_tier to tenantry_platform using (true);
create policy fee_tier_auditor on fee_tier for select to tenantry_auditor using (true);
grant select on fee_tier to tenantry_tenant;

create table settlement_run (
    id uuid not null,
    account_id uuid not null,
    month date not null,
    since timestamptz not null,
    period_from timestamptz not null,
    period_to timestamptz not null,
    due_at timestamptz not null,
    state text not null default 'OPEN',
    node text,
    fence bigint not null default 0,
    lease_until timestamptz,
    attempts integer not null default 0,
    retry_at timestamptz,
    error text,
    opened_at timestamptz not null default clock_timestamp(),
    started_at timestamptz,
    ended_at timestamptz,
    constraint settlement_run_pk primary key (id),
    constraint settlement_run_account_fk foreign key (account_id) references reseller_ledger_account (id),
    constraint settlement_run_month_uq unique (account_id, month),
    constraint settlement_run_month_ck check (extract(day from month) = 1),
    constraint settlement_run_span_ck check (since <= period_from and period_from < period_to and due_at >= period_to),
    constraint settlement_run_state_ck check (state in ('OPEN', 'RUNNING', 'FAILED', 'WAITING', 'DONE')),
    constraint settlement_run_retry_ck check (state not in ('FAILED', 'WAITING') or retry_at is not null),
    constraint settlement_run_ended_ck check ((state = 'DONE') = (ended_at is not null))
);
create index settlement_run_unfinished_ix on settlement_run (account_id, month) where state <> 'DONE';
comment on table settlement_run is 'the settlement of one month with one reseller, under a lease; since: the beginning of the first month that is settled with it; belongs to the platform';

create table settlement_series (
    year integer not null,
    prefix text not null,
    digits integer not null,
    next_number bigint not null default 1,
    opened_at timestamptz not null,
    constraint settlement_series_pk primary key (year),
    constraint settlement_series_next_ck check (next_number > 0)
);
comment on table settlement_series is 'the numbers of a year''s settlements; next_number is taken under the row''s lock in the transaction that issues, so that there are no gaps; belongs to the platform';
create trigger settlement_series_guarded before update or delete on settlement_series
    for each row execute function guard_settlement_series();
create constraint trigger settlement_series_without_gap after update on settlement_series
    deferrable initially deferred for each row execute function check_settlement_series();

create table settlement (
    id uuid not null,
    account_id uuid not null,
    year integer not null,
    number bigint not null,
    number_text text not null,
    state text not null default 'OPEN',
    currency char(3) not null,
    decimals integer not null,
    month date not null,
    period_from timestamptz not null,
    period_to timestamptz not null,
    services integer not null,
    organizations integer not null,
    revenue numeric(20, 8) not null,
    wholesale numeric(20, 8) not null,
    fees numeric(20, 8) not null,
    terms_id bigint,
    total numeric(20, 8) not null generated always as (round(wholesale, decimals) + round(fees, decimals)) stored,
    rounding numeric(20, 8) not null
        generated always as (round(wholesale, decimals) + round(fees, decimals) - wholesale - fees) stored,
    margin numeric(20, 8) not null
        generated always as (round(revenue, decimals) - round(wholesale, decimals) - round(fees, decimals)) stored,
    issued_at timestamptz not null,
    issued_by text not null,
    paid_at timestamptz,
    created_in xid8 not null default pg_current_xact_id(),
    tax_percent numeric(9, 6) not null default 0,
    tax numeric(20, 8) not null
        generated always as (round((round(wholesale, decimals) + round(fees, decimals)) * tax_percent / 100, decimals)) stored,
    payable numeric(20, 8) not null
        generated always as (round(wholesale, decimals) + round(fees, decimals)
                             + round((round(wholesale, decimals) + round(fees, decimals)) * tax_percent / 100, decimals)) stored,
    constraint settlement_pk primary key (id),
    constraint settlement_account_fk foreign key (account_id) references reseller_ledger_account (id),
    constraint settlement_series_fk foreign key (year) references settlement_series (year),
    constraint settlement_terms_fk foreign key (terms_id) references fee_terms (id),
    constraint settlement_month_uq unique (account_id, month),
    constraint settlement_number_uq unique (year, number),
    constraint settlement_state_ck check (state in ('OPEN', 'PAID')),
    constraint settlement_paid_ck check ((state = 'PAID') = (paid_at is not null)),
    constraint settlement_decimals_ck check (decimals between 0 and 4),
    constraint settlement_cost_ck check (wholesale >= 0 and fees >= 0),
    constraint settlement_tax_ck check (tax_percent between 0 and 100)
);
create index settlement_open_ix on settlement (account_id, month) where state = 'OPEN';
comment on table settlement is 'a month''s settlement as it was issued; only its state changes, and back if a payment is reversed. wholesale and fees: exact sums of its lines, each rounded HALF_UP once for total; tax: of total, rounded HALF_UP once; payable: both; margin: revenue minus total, to the smallest unit of the currency; a reseller reads its own';
create trigger settlement_guarded before update or delete on settlement
    for each row execute function guard_settlement();
create trigger settlement_not_deleted before truncate on settlement
    for each statement execute function refuse_settled_change();
create constraint trigger settlement_adds_up after insert on settlement
    deferrable initially deferred for each row execute function check_settlement_adds_up();
create constraint trigger settlement_taxed after insert on settlement
    deferrable initially deferred for each row when (new.tax_percent > 0) execute function check_settlement_taxed();
alter table settlement enable row level security;
create policy settlement_own on settlement for select to tenantry_tenant
    using (account_id in (select a.id from reseller_ledger_account a where a.tenant_role = current_user::text));
create policy settlement_platform on settlement to tenantry_platform using (true);
create policy settlement_auditor on settlement for select to tenantry_auditor using (true);
grant select (id, account_id, number_text, state, currency, decimals, month, period_from, period_to, services, organizations, revenue,
              wholesale, fees, terms_id, total, rounding, margin, issued_at, paid_at) on settlement to tenantry_tenant;
grant select (tax_percent, tax, payable) on settlement to tenantry_tenant;

create table settlement_line (
    settlement_id uuid not null,
    account_id uuid not null,
    position integer not null,
    kind text not null,
    subject text not null,
    name text not null,
    provider text not null,
    of_month date not null,
    services integer not null,
    hours bigint not null,
    unpriced_hours bigint not null,
    revenue numeric(20, 8) not null,
    quantity numeric(20, 8) not null,
    rate numeric(20, 8) not null,
    amount numeric(20, 8) not null,
    constraint settlement_line_pk primary key (settlement_id, position),
    constraint settlement_line_of_fk foreign key (settlement_id) references settlement (id),
    constraint settlement_line_amount_ck check (amount >= 0 and unpriced_hours between 0 and hours),
    constraint settlement_line_kind_ck check (kind ~ '^[A-Z]+(_[A-Z]+)*$')
);
comment on table settlement_line is 'append-only: lines of a settlement: wholesale by plan or add-on and provider, items that are not hours, fees; of_month: the month in which it happened, before that of the settlement if it was recorded late; unpriced_hours: those without a wholesale price; of fees quantity is the number counted or the base of the rate';
comment on column settlement_line.kind is 'SERVICE and ADDON of hours; PERCENT, PER_SERVICE, PER_ORGANIZATION and MINIMUM of fees; otherwise the kind of the item as named in the reseller''s books: every kind can be settled';
create trigger settlement_line_complete before insert on settlement_line
    for each row execute function check_settlement_line();
create trigger settlement_line_immutable before update or delete or truncate on settlement_line
    for each statement execute function refuse_settled_change();
alter table settlement_line enable row level security;
create policy settlement_line_own on settlement_line for select to tenantry_tenant
    using (account_id in (select a.id from reseller_ledger_account a where a.tenant_role = current_user::text));
create policy settlement_line_platform on settlement_line to tenantry_platform using (true);
create policy settlement_line_auditor on settlement_line for select to tenantry_auditor using (true);
grant select on settlement_line to tenantry_tenant;

-- Related resellers are settled separately and read together. Both tables belong to the platform; no reseller reads them.
create table reseller_group (
    id uuid not null,
    name text not null,
    created_at timestamptz not null,
    constraint reseller_group_pk primary key (id),
    constraint reseller_group_name_ck check (name = trim(name) and length(name) between 1 and 80)
);
create unique index reseller_group_name_uq on reseller_group (lower(name));
comment on table reseller_group is 'resellers whose settlements are read together; belongs to the platform';

create table reseller_group_member (
    id bigint generated always as identity,
    account_id uuid not null,
    group_id uuid,
    from_month date not null,
    recorded_at timestamptz not null,
    recorded_by text not null,
    constraint reseller_group_member_pk primary key (id),
    constraint reseller_group_member_account_fk foreign key (account_id) references reseller_ledger_account (id),
    constraint reseller_group_member_group_fk foreign key (group_id) references reseller_group (id),
    constraint reseller_group_member_month_ck check (extract(day from from_month) = 1)
);
create index reseller_group_member_account_ix on reseller_group_member (account_id, from_month, id);
comment on table reseller_group_member is 'append-only: group of a reseller from a month on, null for none; of the same month the later row applies; except for the first row never from a settled month, so that reports of a month do not change';
create trigger reseller_group_member_immutable before update or delete or truncate on reseller_group_member
    for each statement execute function refuse_settled_change();
alter table reseller_group_member enable row level security;
create policy reseller_group_member_own on reseller_group_member for select to tenantry_tenant
    using (account_id in (select a.id from reseller_ledger_account a where a.tenant_role = current_user::text));
create policy reseller_group_member_platform on reseller_group_member to tenantry_platform using (true);
create policy reseller_group_member_auditor on reseller_group_member for select to tenantry_auditor using (true);
grant select (id, account_id, group_id, from_month, recorded_at) on reseller_group_member to tenantry_tenant;

-- The platform's legal identity, the resellers' tax status, and settlements as invoices. All rows belong to the platform; a reseller reads what its
-- own invoices show.
create table platform_seller (
    id bigint generated always as identity,
    name text not null,
    street text not null,
    postcode text not null,
    city text not null,
    country char(2) not null,
    vat_number text not null,
    tax_number text not null,
    register text not null,
    email text not null,
    phone text not null,
    bank text not null,
    iban text not null,
    bic text not null,
    note text not null,
    collects text not null,
    recorded_at timestamptz not null,
    recorded_by text not null,
    constraint platform_seller_pk primary key (id),
    constraint platform_seller_collects_ck check (collects in ('NONE', 'HOME', 'SMALL_BUSINESS'))
);
comment on table platform_seller is 'append-only: the platform''s legal identity from that moment on, as shown on its invoices to resellers, and whether it collects tax: none, in its own country, or none there as a small business; the last row applies';
create trigger platform_seller_immutable before update or delete or truncate on platform_seller
    for each statement execute function refuse_settled_change();
alter table platform_seller enable row level security;
create policy platform_seller_platform on platform_seller to tenantry_platform using (true);
create policy platform_seller_auditor on platform_seller for select to tenantry_auditor using (true);

create table reseller_tax_status (
    id bigint generated always as identity,
    account_id uuid not null,
    status text not null,
    vat_number text not null,
    evidence text not null,
    recorded_at timestamptz not null,
    recorded_by text not null,
    constraint reseller_tax_status_pk primary key (id),
    constraint reseller_tax_status_account_fk foreign key (account_id) references reseller_ledger_account (id),
    constraint reseller_tax_status_ck check (status in ('CONSUMER', 'BUSINESS', 'EXEMPT')),
    constraint reseller_tax_status_number_ck check ((status = 'BUSINESS') = (vat_number <> '')),
    constraint reseller_tax_status_evidence_ck check (status = 'CONSUMER' or evidence <> '')
);
create index reseller_tax_status_account_ix on reseller_tax_status (account_id, id);
comment on table reseller_tax_status is 'append-only: a reseller''s status for the platform''s taxes as determined by operators: a business whose stated number was verified, or exempt; the last row applies, for a business as long as it states that number';
create trigger reseller_tax_status_immutable before update or delete or truncate on reseller_tax_status
    for each statement execute function refuse_settled_change();

create table settlement_invoice (
    settlement_id uuid not null,
    account_id uuid not null,
    seller_id bigint not null,
    treatment text not null,
    place text not null,
    buyer_name text not null,
    buyer_street text not null,
    buyer_postcode text not null,
    buyer_city text not null,
    buyer_country char(2) not null,
    buyer_vat_number text not null,
    buyer_email text not null,
    constraint settlement_invoice_pk primary key (settlement_id),
    constraint settlement_invoice_of_fk foreign key (settlement_id) references settlement (id),
    constraint settlement_invoice_seller_fk foreign key (seller_id) references platform_seller (id),
    constraint settlement_invoice_treatment_ck check (treatment in ('TAXED', 'REVERSE_CHARGE', 'OUT_OF_SCOPE', 'EXEMPT', 'SMALL_BUSINESS', 'NOT_REGISTERED'))
);
comment on table settlement_invoice is 'append-only: issuer, recipient and taxation of a settlement''s invoice; a settlement issued before the platform entered its legal identity has none and is a statement without tax; a reseller reads its own';
create trigger settlement_invoice_complete before insert on settlement_invoice
    for each row execute function check_settlement_invoice();
create trigger settlement_invoice_immutable before update or delete or truncate on settlement_invoice
    for each statement execute function refuse_settled_change();
alter table settlement_invoice enable row level security;
create policy settlement_invoice_own on settlement_invoice for select to tenantry_tenant
    using (account_id in (select a.id from reseller_ledger_account a where a.tenant_role = current_user::text));
create policy settlement_invoice_platform on settlement_invoice to tenantry_platform using (true);
create policy settlement_invoice_auditor on settlement_invoice for select to tenantry_auditor using (true);
create policy platform_seller_own on platform_seller for select to tenantry_tenant
    using (exists (select from settlement_invoice i where i.seller_id = platform_seller.id));
grant select on settlement_invoice to tenantry_tenant;

create table settlement_file (
    settlement_id uuid not null,
    format text not null,
    language text not null,
    content bytea not null,
    created_at timestamptz not null,
    constraint settlement_file_pk primary key (settlement_id, format, language),
    constraint settlement_file_of_fk foreign key (settlement_id) references settlement (id)
);
comment on table settlement_file is 'append-only: a settlement''s invoice as a file, created at the first request; belongs to the platform';
create trigger settlement_file_immutable before update or delete or truncate on settlement_file
    for each statement execute function refuse_settled_change();

-- Credit notes of settlements. All rows belong to the platform; a reseller reads its own.
create table settlement_credit_series (
    year integer not null,
    prefix text not null,
    digits integer not null,
    next_number bigint not null default 1,
    opened_at timestamptz not null,
    constraint settlement_credit_series_pk primary key (year),
    constraint settlement_credit_series_next_ck check (next_number > 0)
);
comment on table settlement_credit_series is 'the numbers of a year''s credit notes of settlements; next_number is taken under the row''s lock in the transaction that issues, so that there are no gaps; belongs to the platform';
create trigger settlement_credit_series_guarded before update or delete on settlement_credit_series
    for each row execute function guard_settlement_series();
create constraint trigger settlement_credit_series_without_gap after update on settlement_credit_series
    deferrable initially deferred for each row execute function check_settlement_credit_series();

create table settlement_credit (
    id uuid not null,
    settlement_id uuid not null,
    account_id uuid not null,
    year integer not null,
    number bigint not null,
    number_text text not null,
    currency char(3) not null,
    decimals integer not null,
    month date not null,
    reason text not null,
    wholesale numeric(20, 8) not null,
    fees numeric(20, 8) not null,
    tax_percent numeric(9, 6) not null,
    wholesale_before numeric(20, 8) not null,
    fees_before numeric(20, 8) not null,
    wholesale_rounded numeric(20, 8) not null
        generated always as (round(wholesale_before + wholesale, decimals) - round(wholesale_before, decimals)) stored,
    fees_rounded numeric(20, 8) not null
        generated always as (round(fees_before + fees, decimals) - round(fees_before, decimals)) stored,
    total numeric(20, 8) not null
        generated always as (round(wholesale_before + wholesale, decimals) - round(wholesale_before, decimals)
                             + round(fees_before + fees, decimals) - round(fees_before, decimals)) stored,
    rounding numeric(20, 8) not null
        generated always as (round(wholesale_before + wholesale, decimals) - round(wholesale_before, decimals)
                             + round(fees_before + fees, decimals) - round(fees_before, decimals) - wholesale - fees) stored,
    tax numeric(20, 8) not null
        generated always as (round((round(wholesale_before + wholesale, decimals) + round(fees_before + fees, decimals)) * tax_percent / 100, decimals)
                             - round((round(wholesale_before, decimals) + round(fees_before, decimals)) * tax_percent / 100, decimals)) stored,
    payable numeric(20, 8) not null
        generated always as (round(wholesale_before + wholesale, decimals) - round(wholesale_before, decimals)
                             + round(fees_before + fees, decimals) - round(fees_before, decimals)
                             + round((round(wholesale_before + wholesale, decimals) + round(fees_before + fees, decimals)) * tax_percent / 100, decimals)
                             - round((round(wholesale_before, decimals) + round(fees_before, decimals)) * tax_percent / 100, decimals)) stored,
    issued_at timestamptz not null,
    issued_by text not null,
    created_in xid8 not null default pg_current_xact_id(),
    constraint settlement_credit_pk primary key (id),
    constraint settlement_credit_of_fk foreign key (settlement_id) references settlement (id),
    constraint settlement_credit_account_fk foreign key (account_id) references reseller_ledger_account (id),
    constraint settlement_credit_series_fk foreign key (year) references settlement_credit_series (year),
    constraint settlement_credit_number_uq unique (year, number),
    constraint settlement_credit_month_ck check (extract(day from month) = 1),
    constraint settlement_credit_reason_ck check (length(trim(reason)) > 0),
    constraint settlement_credit_amount_ck check (wholesale >= 0 and fees >= 0 and wholesale + fees > 0)
);
create index settlement_credit_of_ix on settlement_credit (settlement_id);
create index settlement_credit_month_ix on settlement_credit (account_id, month);
comment on table settlement_credit is 'append-only: credited amounts of a settlement, above zero; month: in which it was issued and counts. *_before: exact sums of the settlement''s earlier credit notes; the total credited so far is rounded like the settlement, and each note shows its increment, so that all of them never exceed the settlement; a reseller reads its own';
create trigger settlement_credit_complete before insert on settlement_credit
    for each row execute function check_settlement_credit();
create trigger settlement_credit_immutable before update or delete or truncate on settlement_credit
    for each statement execute function refuse_settled_change();
create constraint trigger settlement_credit_adds_up after insert on settlement_credit
    deferrable initially deferred for each row execute function check_settlement_credit_adds_up();
alter table settlement_credit enable row level security;
-- A reseller reads its own credit notes; it cannot see who of the platform issued them.
create policy settlement_credit_own on settlement_credit for select to tenantry_tenant
    using (account_id in (select a.id from reseller_ledger_account a where a.tenant_role = current_user::text));
create policy settlement_credit_platform on settlement_credit to tenantry_platform using (true);
create policy settlement_credit_auditor on settlement_credit for select to tenantry_auditor using (true);
grant select (id, settlement_id, account_id, number_text, currency, decimals, month, reason, wholesale, fees, tax_percent, wholesale_rounded,
              fees_rounded, total, rounding, tax, payable, issued_at) on settlement_credit to tenantry_tenant;

create table settlement_credit_line (
    credit_id uuid not null,
    settlement_id uuid not null,
    account_id uuid not null,
    position integer not null,
    amount numeric(20, 8) not null,
    constraint settlement_credit_line_pk primary key (credit_id, position),
    constraint settlement_credit_line_of_fk foreign key (credit_id) references settlement_credit (id),
    constraint settlement_credit_line_corrects_fk foreign key (settlement_id, position) references settlement_line (settlement_id, position),
    constraint settlement_credit_line_amount_ck check (amount > 0)
);
create index settlement_credit_line_corrects_ix on settlement_credit_line (settlement_id, position);
comment on table settlement_credit_line is 'append-only: the amount that a credit note credits of a line of a settlement';
create trigger settlement_credit_line_complete before insert on settlement_credit_line
    for each row execute function check_settlement_credit_line();
create trigger settlement_credit_line_immutable before update or delete or truncate on settlement_credit_line
    for each statement execute function refuse_settled_change();
alter table settlement_credit_line enable row level security;
create policy settlement_credit_line_own on settlement_credit_line for select to tenantry_tenant
    using (account_id in (select a.id from reseller_ledger_account a where a.tenant_role = current_user::text));
create policy settlement_credit_line_platform on settlement_credit_line to tenantry_platform using (true);
create policy settlement_credit_line_auditor on settlement_credit_line for select to tenantry_auditor using (true);
grant select on settlement_credit_line to tenantry_tenant;

create table settlement_credit_file (
    credit_id uuid not null,
    format text not null,
    language text not null,
    content bytea not null,
    created_at timestamptz not null,
    constraint settlement_credit_file_pk primary key (credit_id, format, language),
    constraint settlement_credit_file_of_fk foreign key (credit_id) references settlement_credit (id)
);
comment on table settlement_credit_file is 'append-only: a credit note of a settlement as a file, created at the first request; belongs to the platform';
create trigger settlement_credit_file_immutable before update or delete or truncate on settlement_credit_file
    for each statement execute function refuse_settled_change();

-- What other packages may read.
create view reseller_account_v with (security_invoker) as
select id, tenant, tenant_role, currency, closed_at
  from reseller_ledger_account;
comment on view reseller_account_v is 'whose an account of the settlement is';
create view reseller_group_v with (security_invoker) as
select id, name
  from reseller_group;
comment on view reseller_group_v is 'groups of resellers';

create view reseller_group_member_v with (security_invoker) as
select id, account_id, group_id, from_month, recorded_at
  from reseller_group_member;
comment on view reseller_group_member_v is 'who is in a group of resellers from which month on';
-- Whose prices a reseller sees depends on both (policies of price lists); of their rows it sees its own.
grant select on reseller_account_v, reseller_group_member_v to tenantry_tenant;
