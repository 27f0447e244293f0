--liquibase formatted sql

--changeset settlement:0001
--comment What resellers owe the platform: runs, terms, documents, and the platform's books. All rows are the platform's; a reseller reads its own.
create table settlement_policy (
    one boolean not null default true,
    window_hours integer not null default 96,
    first_month date,
    constraint settlement_policy_pk primary key (one),
    constraint settlement_policy_one_ck check (one),
    constraint settlement_policy_window_ck check (window_hours between 0 and 480),
    constraint settlement_policy_month_ck check (extract(day from first_month) = 1)
);
insert into settlement_policy (first_month)
select (select date_trunc('month', now())::date where exists (select from tenant));
comment on table settlement_policy is 'a month is settled window_hours after its end, when its documents are issued; first_month: nothing before it is settled, null for that in which each reseller began. Whoever was there before settlements begins with the month in which they came; belongs to the platform';

create table reseller_account (
    id uuid not null,
    tenant text not null,
    tenant_role text,
    currency char(3) not null,
    credit_limit numeric(20, 8),
    balance numeric(20, 8) not null default 0,
    version bigint not null default 0,
    opened_at timestamptz not null,
    closed_at timestamptz,
    constraint reseller_account_pk primary key (id),
    constraint reseller_account_role_ck check (tenant_role = 'tn_' || replace(tenant, '-', '_')),
    constraint reseller_account_limit_ck check (credit_limit >= 0),
    constraint reseller_account_closed_ck check ((closed_at is null) = (tenant_role is not null))
);
create unique index reseller_account_uq on reseller_account (tenant, currency) where closed_at is null;
create index reseller_account_role_ix on reseller_account (tenant_role);
comment on table reseller_account is 'a reseller''s account with the platform: balance is the sum of its postings, below zero is owed; credit_limit: so much may be owed, null for any; tenant_role: who may read it, nobody once the reseller is gone, so that another of that name inherits nothing';

create table ledger_account (
    id uuid not null,
    kind text not null,
    currency char(3) not null,
    opened_at timestamptz not null,
    constraint ledger_account_pk primary key (id),
    constraint ledger_account_kind_ck check (kind in ('WALLET', 'REVENUE', 'CASH', 'ROUNDING'))
);
create unique index ledger_account_single_uq on ledger_account (kind, currency) where kind <> 'WALLET';
comment on table ledger_account is 'append-only: the accounts of the platform''s own books; one of a kind and currency, but a wallet account per account of a reseller';

create table journal_entry (
    id bigint generated always as identity,
    kind text not null,
    source text not null,
    idempotency_key text not null,
    effective_at timestamptz not null,
    posted_at timestamptz not null,
    actor text not null,
    reason text not null,
    reverses bigint,
    created_in xid8 not null default pg_current_xact_id(),
    constraint journal_entry_pk primary key (id),
    constraint journal_entry_key_uq unique (idempotency_key),
    constraint journal_entry_reverses_uq unique (reverses),
    constraint journal_entry_reverses_fk foreign key (reverses) references journal_entry (id),
    constraint journal_entry_kind_ck check (kind in ('CREDIT', 'DEBIT', 'REVERSAL')),
    constraint journal_entry_reversal_ck check ((kind = 'REVERSAL') = (reverses is not null)),
    constraint journal_entry_reason_ck check (length(trim(reason)) > 0)
);
comment on table journal_entry is 'append-only: balanced business facts of the platform''s own books';

create table posting (
    entry_id bigint not null,
    account_id uuid not null,
    currency char(3) not null,
    amount numeric(20, 8) not null,
    balance_after numeric(20, 8),
    constraint posting_pk primary key (entry_id, account_id),
    constraint posting_entry_fk foreign key (entry_id) references journal_entry (id),
    constraint posting_account_fk foreign key (account_id) references ledger_account (id),
    constraint posting_amount_ck check (amount <> 0)
);
create index posting_account_ix on posting (account_id, entry_id);
comment on table posting is 'append-only: one leg of an entry of the platform''s own books; positive is credit, negative is debit';

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
    constraint fee_terms_account_fk foreign key (account_id) references reseller_account (id),
    constraint fee_terms_month_ck check (extract(day from valid_from) = 1),
    constraint fee_terms_amount_ck check (per_service >= 0 and per_organization >= 0 and minimum >= 0)
);
create index fee_terms_account_ix on fee_terms (account_id, currency, valid_from);
comment on table fee_terms is 'append-only: what the platform asks of a reseller besides wholesale prices from a month on, of all in that currency where account_id is null; of the same month the later row holds';

create table fee_tier (
    terms_id bigint not null,
    from_revenue numeric(20, 8) not null,
    percent numeric(9, 6) not null,
    constraint fee_tier_pk primary key (terms_id, from_revenue),
    constraint fee_tier_terms_fk foreign key (terms_id) references fee_terms (id),
    constraint fee_tier_ck check (from_revenue >= 0 and percent between 0 and 100)
);
comment on table fee_tier is 'append-only: what percentage of a month''s revenue is asked of that part of it which is above an amount';

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
    constraint settlement_run_account_fk foreign key (account_id) references reseller_account (id),
    constraint settlement_run_month_uq unique (account_id, month),
    constraint settlement_run_month_ck check (extract(day from month) = 1),
    constraint settlement_run_span_ck check (since <= period_from and period_from < period_to and due_at >= period_to),
    constraint settlement_run_state_ck check (state in ('OPEN', 'RUNNING', 'FAILED', 'WAITING', 'DONE')),
    constraint settlement_run_retry_ck check (state not in ('FAILED', 'WAITING') or retry_at is not null),
    constraint settlement_run_ended_ck check ((state = 'DONE') = (ended_at is not null))
);
create index settlement_run_unfinished_ix on settlement_run (account_id, month) where state <> 'DONE';
comment on table settlement_run is 'the settling of one month with one reseller, under a lease; since: the beginning of the first month that is settled with it; belongs to the platform';

create table settlement_series (
    year integer not null,
    prefix text not null,
    digits integer not null,
    next_number bigint not null default 1,
    opened_at timestamptz not null,
    constraint settlement_series_pk primary key (year),
    constraint settlement_series_next_ck check (next_number > 0)
);
comment on table settlement_series is 'the numbers of a year''s settlements; next_number is taken under the row''s lock in the transaction that issues, so that there is no gap; belongs to the platform';

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
    constraint settlement_pk primary key (id),
    constraint settlement_account_fk foreign key (account_id) references reseller_account (id),
    constraint settlement_series_fk foreign key (year) references settlement_series (year),
    constraint settlement_terms_fk foreign key (terms_id) references fee_terms (id),
    constraint settlement_month_uq unique (account_id, month),
    constraint settlement_number_uq unique (year, number),
    constraint settlement_state_ck check (state in ('OPEN', 'PAID')),
    constraint settlement_paid_ck check ((state = 'PAID') = (paid_at is not null)),
    constraint settlement_decimals_ck check (decimals between 0 and 4),
    constraint settlement_cost_ck check (wholesale >= 0 and fees >= 0)
);
create index settlement_open_ix on settlement (account_id, month) where state = 'OPEN';
comment on table settlement is 'a month''s settlement as it was issued; only its state moves on. wholesale and fees: exact sums of its lines, each rounded HALF_UP once for total; margin: revenue less total, to the smallest coin; a reseller reads its own';

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
    constraint settlement_line_kind_ck check (kind in ('SERVICE', 'OPTION', 'TRANSFER', 'PACK', 'GIVEN_BACK', 'OTHER',
                                                       'PERCENT', 'PER_SERVICE', 'PER_ORGANIZATION', 'MINIMUM')),
    constraint settlement_line_amount_ck check (amount >= 0 and unpriced_hours between 0 and hours)
);
comment on table settlement_line is 'append-only: what a settlement is the sum of: wholesale by plan or option and provider, things that are no hours, fees; of_month: the month it happened in, before that of the settlement if it was told late; unpriced_hours: those without a wholesale price; of fees quantity is counted or taken the rate of';
--rollback drop table settlement_line; drop table settlement; drop table settlement_series; drop table settlement_run; drop table fee_tier; drop table fee_terms; drop table posting; drop table journal_entry; drop table ledger_account; drop table reseller_account; drop table settlement_policy;

--changeset settlement:0002 splitStatements:false
--comment What is issued or booked is refused every change, by whomever.
create function refuse_settled_change() returns trigger language plpgsql as $$
begin
    raise exception 'history of % cannot be changed', tg_table_name using errcode = 'restrict_violation';
end $$;

create function guard_settlement() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if (old.state, new.state) = ('OPEN', 'PAID')
           and to_jsonb(new) - array['state', 'paid_at', 'total', 'rounding', 'margin']
               = to_jsonb(old) - array['state', 'paid_at', 'total', 'rounding', 'margin'] then
            return new;
        end if;
    end if;
    raise exception 'settlement % is final', old.number_text using errcode = 'restrict_violation';
end $$;

create function guard_settlement_series() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if new.next_number > old.next_number and to_jsonb(new) - 'next_number' = to_jsonb(old) - 'next_number' then
            return new;
        end if;
    end if;
    raise exception 'series % only goes on', old.year using errcode = 'restrict_violation';
end $$;

create function guard_reseller_account() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if old.closed_at is null
           and to_jsonb(new) - array['credit_limit', 'balance', 'version', 'closed_at', 'tenant_role']
               = to_jsonb(old) - array['credit_limit', 'balance', 'version', 'closed_at', 'tenant_role'] then
            return new;
        end if;
    end if;
    raise exception 'account of % keeps what it is', old.tenant using errcode = 'restrict_violation';
end $$;

create function check_settlement_series() returns trigger language plpgsql as $$
declare
    issued bigint;
begin
    select count(*) into issued
      from settlement
     where year = new.year and number >= old.next_number and number < new.next_number;
    if issued <> new.next_number - old.next_number then
        raise exception 'series % goes from % to % with % settlements', new.year, old.next_number, new.next_number, issued
            using errcode = 'check_violation';
    end if;
    return null;
end $$;

create function check_settlement_adds_up() returns trigger language plpgsql as $$
declare
    added record;
begin
    select coalesce(sum(l.revenue), 0) as revenue,
           coalesce(sum(l.amount) filter (where l.kind in ('SERVICE', 'OPTION')), 0) as wholesale,
           coalesce(sum(l.amount) filter (where l.kind not in ('SERVICE', 'OPTION')), 0) as fees
      into added
      from settlement_line l
     where l.settlement_id = new.id;
    if (added.revenue, added.wholesale, added.fees) is distinct from (new.revenue, new.wholesale, new.fees) then
        raise exception 'settlement % says %, % and %, its lines say %, % and %', new.number_text, new.revenue, new.wholesale,
            new.fees, added.revenue, added.wholesale, added.fees using errcode = 'check_violation';
    end if;
    if not exists (select from settlement_series where year = new.year and next_number > new.number) then
        raise exception 'settlement % took no number of its series', new.number_text using errcode = 'check_violation';
    end if;
    return null;
end $$;

create function check_settlement_line() returns trigger language plpgsql as $$
begin
    if not exists (select from settlement
                    where id = new.settlement_id and account_id = new.account_id and created_in = pg_current_xact_id()) then
        raise exception 'line % of % refused: its settlement is not of this transaction', new.position, new.settlement_id
            using errcode = 'foreign_key_violation';
    end if;
    return new;
end $$;

create function check_entry_balanced() returns trigger language plpgsql as $$
declare
    legs integer;
    off text;
begin
    select count(*) into legs from posting where entry_id = new.id;
    if legs < 2 then
        raise exception 'journal entry % has % postings, at least 2 are needed', new.id, legs
            using errcode = 'check_violation';
    end if;
    select currency || ' ' || sum(amount) into off
      from posting where entry_id = new.id group by currency having sum(amount) <> 0 limit 1;
    if off is not null then
        raise exception 'journal entry % does not balance: %', new.id, off using errcode = 'check_violation';
    end if;
    return null;
end $$;

create function check_posting() returns trigger language plpgsql as $$
begin
    if not exists (select from journal_entry where id = new.entry_id and created_in = pg_current_xact_id())
       or not exists (select from ledger_account where id = new.account_id and currency = new.currency) then
        raise exception 'posting % on % refused: its entry is not of this transaction, or its account not of that currency',
            new.entry_id, new.account_id using errcode = 'foreign_key_violation';
    end if;
    return new;
end $$;

create trigger settlement_guarded before update or delete on settlement
    for each row execute function guard_settlement();
create trigger settlement_kept before truncate on settlement
    for each statement execute function refuse_settled_change();
create constraint trigger settlement_adds_up after insert on settlement
    deferrable initially deferred for each row execute function check_settlement_adds_up();
create trigger settlement_series_guarded before update or delete on settlement_series
    for each row execute function guard_settlement_series();
create constraint trigger settlement_series_without_gap after update on settlement_series
    deferrable initially deferred for each row execute function check_settlement_series();
create trigger settlement_line_complete before insert on settlement_line
    for each row execute function check_settlement_line();
create trigger settlement_line_immutable before update or delete or truncate on settlement_line
    for each statement execute function refuse_settled_change();
create trigger reseller_account_guarded before update or delete on reseller_account
    for each row execute function guard_reseller_account();
create trigger fee_terms_immutable before update or delete or truncate on fee_terms
    for each statement execute function refuse_settled_change();
create trigger fee_tier_immutable before update or delete or truncate on fee_tier
    for each statement execute function refuse_settled_change();
create constraint trigger journal_entry_balanced after insert on journal_entry
    deferrable initially deferred for each row execute function check_entry_balanced();
create trigger posting_complete before insert on posting
    for each row execute function check_posting();
create trigger journal_entry_immutable before update or delete or truncate on journal_entry
    for each statement execute function refuse_settled_change();
create trigger posting_immutable before update or delete or truncate on posting
    for each statement execute function refuse_settled_change();
--rollback drop trigger posting_immutable on posting; drop trigger journal_entry_immutable on journal_entry; drop trigger posting_complete on posting; drop trigger journal_entry_balanced on journal_entry; drop trigger fee_tier_immutable on fee_tier; drop trigger fee_terms_immutable on fee_terms; drop trigger reseller_account_guarded on reseller_account; drop trigger settlement_line_immutable on settlement_line; drop trigger settlement_line_complete on settlement_line; drop trigger settlement_series_without_gap on settlement_series; drop trigger settlement_series_guarded on settlement_series; drop trigger settlement_adds_up on settlement; drop trigger settlement_kept on settlement; drop trigger settlement_guarded on settlement; drop function check_posting; drop function check_entry_balanced; drop function check_settlement_line; drop function check_settlement_adds_up; drop function check_settlement_series; drop function guard_reseller_account; drop function guard_settlement_series; drop function guard_settlement; drop function refuse_settled_change;

--changeset settlement:0003
--comment A reseller reads its own rows and writes none; who of the platform wrote them is not its business.
alter table reseller_account enable row level security;
create policy reseller_account_own on reseller_account for select to tenantry_tenant using (tenant_role = current_user::text);
create policy reseller_account_platform on reseller_account to tenantry_platform using (true);
create policy reseller_account_auditor on reseller_account for select to tenantry_auditor using (true);
grant select on reseller_account to tenantry_tenant;

alter table settlement enable row level security;
create policy settlement_own on settlement for select to tenantry_tenant
    using (account_id in (select a.id from reseller_account a where a.tenant_role = current_user::text));
create policy settlement_platform on settlement to tenantry_platform using (true);
create policy settlement_auditor on settlement for select to tenantry_auditor using (true);
grant select (id, account_id, number_text, state, currency, decimals, month, period_from, period_to, services, organizations, revenue,
              wholesale, fees, terms_id, total, rounding, margin, issued_at, paid_at) on settlement to tenantry_tenant;

alter table settlement_line enable row level security;
create policy settlement_line_own on settlement_line for select to tenantry_tenant
    using (account_id in (select a.id from reseller_account a where a.tenant_role = current_user::text));
create policy settlement_line_platform on settlement_line to tenantry_platform using (true);
create policy settlement_line_auditor on settlement_line for select to tenantry_auditor using (true);
grant select on settlement_line to tenantry_tenant;

alter table posting enable row level security;
create policy posting_own on posting for select to tenantry_tenant
    using (account_id in (select a.id from reseller_account a where a.tenant_role = current_user::text));
create policy posting_platform on posting to tenantry_platform using (true);
create policy posting_auditor on posting for select to tenantry_auditor using (true);
grant select on posting to tenantry_tenant;

alter table journal_entry enable row level security;
create policy journal_entry_own on journal_entry for select to tenantry_tenant
    using (exists (select from posting p where p.entry_id = journal_entry.id));
create policy journal_entry_platform on journal_entry to tenantry_platform using (true);
create policy journal_entry_auditor on journal_entry for select to tenantry_auditor using (true);
grant select (id, kind, source, effective_at, reason) on journal_entry to tenantry_tenant;

alter table fee_terms enable row level security;
create policy fee_terms_own on fee_terms for select to tenantry_tenant
    using (account_id is null or account_id in (select a.id from reseller_account a where a.tenant_role = current_user::text));
create policy fee_terms_platform on fee_terms to tenantry_platform using (true);
create policy fee_terms_auditor on fee_terms for select to tenantry_auditor using (true);
grant select (id, account_id, currency, valid_from, per_service, per_organization, minimum) on fee_terms to tenantry_tenant;

alter table fee_tier enable row level security;
create policy fee_tier_own on fee_tier for select to tenantry_tenant
    using (exists (select from fee_terms t where t.id = fee_tier.terms_id));
create policy fee_tier_platform on fee_tier to tenantry_platform using (true);
create policy fee_tier_auditor on fee_tier for select to tenantry_auditor using (true);
grant select on fee_tier to tenantry_tenant;
--rollback select 1;

--changeset settlement:0004 splitStatements:false
do $$ begin execute format('grant usage on schema %I to tenantry_tenant', current_schema()); end $$;
--rollback do $$ begin execute format('revoke usage on schema %I from tenantry_tenant', current_schema()); end $$;
