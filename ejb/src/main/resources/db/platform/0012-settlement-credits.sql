--liquibase formatted sql

--changeset settlement:0012
--comment Credit notes of settlements. All rows are the platform's; a reseller reads its own.
create table settlement_credit_series (
    year integer not null,
    prefix text not null,
    digits integer not null,
    next_number bigint not null default 1,
    opened_at timestamptz not null,
    constraint settlement_credit_series_pk primary key (year),
    constraint settlement_credit_series_next_ck check (next_number > 0)
);
comment on table settlement_credit_series is 'the numbers of a year''s credit notes of settlements; next_number is taken under the row''s lock in the transaction that issues, so that there is no gap; belongs to the platform';

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
    constraint settlement_credit_account_fk foreign key (account_id) references reseller_account (id),
    constraint settlement_credit_series_fk foreign key (year) references settlement_credit_series (year),
    constraint settlement_credit_number_uq unique (year, number),
    constraint settlement_credit_month_ck check (extract(day from month) = 1),
    constraint settlement_credit_reason_ck check (length(trim(reason)) > 0),
    constraint settlement_credit_amount_ck check (wholesale >= 0 and fees >= 0 and wholesale + fees > 0)
);
create index settlement_credit_of_ix on settlement_credit (settlement_id);
create index settlement_credit_month_ix on settlement_credit (account_id, month);
comment on table settlement_credit is 'append-only: what of a settlement was given back, as an amount above zero; month: in which it was issued and counts. *_before: exact sums of the settlement''s earlier credit notes; what was credited so far is rounded as the settlement is, and each note says what it adds to that, so that all of them never come to more than the settlement; a reseller reads its own';

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
comment on table settlement_credit_line is 'append-only: how much of which line of a settlement a credit note gives back';

create table settlement_credit_file (
    credit_id uuid not null,
    format text not null,
    language text not null,
    content bytea not null,
    made_at timestamptz not null,
    constraint settlement_credit_file_pk primary key (credit_id, format, language),
    constraint settlement_credit_file_of_fk foreign key (credit_id) references settlement_credit (id)
);
comment on table settlement_credit_file is 'append-only: a credit note of a settlement as a file, made when somebody first asked for it; belongs to the platform';
--rollback drop table settlement_credit_file; drop table settlement_credit_line; drop table settlement_credit; drop table settlement_credit_series;

--changeset settlement:0013 splitStatements:false
--comment A credit note follows its settlement, gives back no more than is there, adds up, has a number without a gap, and is final.
create function check_settlement_credit() returns trigger language plpgsql as $$
begin
    -- Of two at once the second sees the first.
    perform 1 from settlement s
      where s.id = new.settlement_id
        and (s.account_id, s.currency, s.decimals, s.tax_percent) = (new.account_id, new.currency, new.decimals, new.tax_percent)
        for no key update;
    if not found then
        raise exception 'credit note % refused: it is not as settlement % is', new.number_text, new.settlement_id
            using errcode = 'foreign_key_violation';
    end if;
    select coalesce(sum(c.wholesale), 0), coalesce(sum(c.fees), 0) into new.wholesale_before, new.fees_before
      from settlement_credit c
     where c.settlement_id = new.settlement_id;
    return new;
end $$;

create function check_settlement_credit_line() returns trigger language plpgsql as $$
declare
    left_of_line numeric;
begin
    if not exists (select from settlement_credit
                    where id = new.credit_id and settlement_id = new.settlement_id and account_id = new.account_id
                      and created_in = pg_current_xact_id()) then
        raise exception 'line % of % refused: its credit note is not of this transaction', new.position, new.credit_id
            using errcode = 'foreign_key_violation';
    end if;
    select l.amount - coalesce((select sum(c.amount) from settlement_credit_line c
                                 where c.settlement_id = l.settlement_id and c.position = l.position), 0)
      into left_of_line
      from settlement_line l
     where l.settlement_id = new.settlement_id and l.position = new.position;
    if new.amount > left_of_line then
        raise exception 'line % of settlement % has % left, not %', new.position, new.settlement_id, left_of_line, new.amount
            using errcode = 'check_violation';
    end if;
    return new;
end $$;

create function check_settlement_credit_adds_up() returns trigger language plpgsql as $$
declare
    added record;
begin
    select coalesce(sum(c.amount) filter (where l.kind in ('SERVICE', 'OPTION')), 0) as wholesale,
           coalesce(sum(c.amount) filter (where l.kind not in ('SERVICE', 'OPTION')), 0) as fees
      into added
      from settlement_credit_line c
      join settlement_line l on l.settlement_id = c.settlement_id and l.position = c.position
     where c.credit_id = new.id;
    if (added.wholesale, added.fees) is distinct from (new.wholesale, new.fees) then
        raise exception 'credit note % says % and %, its lines say % and %', new.number_text, new.wholesale, new.fees,
            added.wholesale, added.fees using errcode = 'check_violation';
    end if;
    if not exists (select from settlement_credit_series where year = new.year and next_number > new.number) then
        raise exception 'credit note % took no number of its series', new.number_text using errcode = 'check_violation';
    end if;
    return null;
end $$;

create function check_settlement_credit_series() returns trigger language plpgsql as $$
declare
    issued bigint;
begin
    select count(*) into issued
      from settlement_credit
     where year = new.year and number >= old.next_number and number < new.next_number;
    if issued <> new.next_number - old.next_number then
        raise exception 'series % goes from % to % with % credit notes', new.year, old.next_number, new.next_number, issued
            using errcode = 'check_violation';
    end if;
    return null;
end $$;

create trigger settlement_credit_complete before insert on settlement_credit
    for each row execute function check_settlement_credit();
create trigger settlement_credit_immutable before update or delete or truncate on settlement_credit
    for each statement execute function refuse_settled_change();
create constraint trigger settlement_credit_adds_up after insert on settlement_credit
    deferrable initially deferred for each row execute function check_settlement_credit_adds_up();
create trigger settlement_credit_line_complete before insert on settlement_credit_line
    for each row execute function check_settlement_credit_line();
create trigger settlement_credit_line_immutable before update or delete or truncate on settlement_credit_line
    for each statement execute function refuse_settled_change();
create trigger settlement_credit_series_guarded before update or delete on settlement_credit_series
    for each row execute function guard_settlement_series();
create constraint trigger settlement_credit_series_without_gap after update on settlement_credit_series
    deferrable initially deferred for each row execute function check_settlement_credit_series();
create trigger settlement_credit_file_immutable before update or delete or truncate on settlement_credit_file
    for each statement execute function refuse_settled_change();
--rollback drop trigger settlement_credit_file_immutable on settlement_credit_file; drop trigger settlement_credit_series_without_gap on settlement_credit_series; drop trigger settlement_credit_series_guarded on settlement_credit_series; drop trigger settlement_credit_line_immutable on settlement_credit_line; drop trigger settlement_credit_line_complete on settlement_credit_line; drop trigger settlement_credit_adds_up on settlement_credit; drop trigger settlement_credit_immutable on settlement_credit; drop trigger settlement_credit_complete on settlement_credit; drop function check_settlement_credit_series; drop function check_settlement_credit_adds_up; drop function check_settlement_credit_line; drop function check_settlement_credit;

--changeset settlement:0014
--comment A reseller reads its own credit notes; who of the platform issued them is not its business.
alter table settlement_credit enable row level security;
create policy settlement_credit_own on settlement_credit for select to tenantry_tenant
    using (account_id in (select a.id from reseller_account a where a.tenant_role = current_user::text));
create policy settlement_credit_platform on settlement_credit to tenantry_platform using (true);
create policy settlement_credit_auditor on settlement_credit for select to tenantry_auditor using (true);
grant select (id, settlement_id, account_id, number_text, currency, decimals, month, reason, wholesale, fees, tax_percent, wholesale_rounded,
              fees_rounded, total, rounding, tax, payable, issued_at) on settlement_credit to tenantry_tenant;

alter table settlement_credit_line enable row level security;
create policy settlement_credit_line_own on settlement_credit_line for select to tenantry_tenant
    using (account_id in (select a.id from reseller_account a where a.tenant_role = current_user::text));
create policy settlement_credit_line_platform on settlement_credit_line to tenantry_platform using (true);
create policy settlement_credit_line_auditor on settlement_credit_line for select to tenantry_auditor using (true);
grant select on settlement_credit_line to tenantry_tenant;
--rollback select 1;
