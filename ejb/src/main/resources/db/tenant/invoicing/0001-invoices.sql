--liquibase formatted sql

--changeset invoicing:0001
--comment Documents: numbered without gaps, added up from lines, never changed.
create table invoice_policy (
    one boolean not null default true,
    window_hours integer not null default 72,
    first_at timestamptz,
    constraint invoice_policy_pk primary key (one),
    constraint invoice_policy_one_ck check (one),
    constraint invoice_policy_window_ck check (window_hours between 0 and 480)
);
insert into invoice_policy (first_at)
select (select max(month_ends_at) from rated_period where month_ends_at <= now());
comment on table invoice_policy is 'the reseller''s rules for documents: a month''s are issued window_hours after its end, so that what is told late is still on them; first_at: the beginning of the first month that has documents, null for that in which the tenant began. Whoever was there before documents begins with the month in which they came, until he says otherwise';

create table invoice_pattern (
    kind text not null,
    pattern text not null,
    constraint invoice_pattern_pk primary key (kind),
    constraint invoice_pattern_kind_ck check (kind in ('INVOICE', 'CREDIT_NOTE', 'DEBIT_NOTE', 'PROFORMA')),
    constraint invoice_pattern_uq unique (pattern)
);
insert into invoice_pattern (kind, pattern)
values ('INVOICE', 'INV-{year}-{number:6}'),
       ('CREDIT_NOTE', 'CN-{year}-{number:6}'),
       ('DEBIT_NOTE', 'DN-{year}-{number:6}'),
       ('PROFORMA', 'PF-{year}-{number:6}');
comment on table invoice_pattern is 'how numbers of documents look in series that are opened from now on';

create table invoice_series (
    id uuid not null,
    kind text not null,
    year integer not null,
    prefix text not null,
    digits integer not null,
    suffix text not null,
    next_number bigint not null default 1,
    opened_at timestamptz not null,
    constraint invoice_series_pk primary key (id),
    constraint invoice_series_once_uq unique (kind, year),
    constraint invoice_series_kind_ck check (kind in ('INVOICE', 'CREDIT_NOTE', 'DEBIT_NOTE', 'PROFORMA')),
    constraint invoice_series_digits_ck check (digits between 1 and 9),
    constraint invoice_series_next_ck check (next_number > 0)
);
comment on table invoice_series is 'the numbers of a kind of document in a year; next_number is taken under the row''s lock in the transaction that issues, never from a sequence, so that there is no gap';

create table invoice (
    id uuid not null,
    kind text not null,
    series_id uuid not null,
    number bigint not null,
    number_text text not null,
    state text not null,
    organization_id uuid not null,
    wallet_id uuid not null,
    currency char(3) not null,
    decimals integer not null,
    period_from timestamptz not null,
    period_to timestamptz not null,
    buyer_name text not null,
    buyer_email text not null,
    buyer_country char(2) not null,
    net numeric(20, 8) not null,
    tax numeric(20, 8) not null default 0,
    rounding numeric(20, 8) not null generated always as (round(net + tax, decimals) - net - tax) stored,
    total numeric(20, 8) not null generated always as (round(net + tax, decimals)) stored,
    through_period bigint not null,
    issued_at timestamptz not null,
    issued_by text not null,
    paid_at timestamptz,
    voided_at timestamptz,
    void_reason text,
    created_in xid8 not null default pg_current_xact_id(),
    constraint invoice_pk primary key (id),
    constraint invoice_series_fk foreign key (series_id) references invoice_series (id),
    constraint invoice_wallet_fk foreign key (wallet_id) references wallet (id),
    constraint invoice_number_uq unique (series_id, number),
    constraint invoice_number_text_uq unique (number_text),
    constraint invoice_kind_ck check (kind in ('INVOICE', 'CREDIT_NOTE', 'DEBIT_NOTE', 'PROFORMA')),
    constraint invoice_state_ck check (state in ('FINAL', 'PAID', 'VOID')),
    constraint invoice_number_ck check (number > 0),
    constraint invoice_decimals_ck check (decimals between 0 and 4),
    constraint invoice_period_ck check (period_to > period_from),
    constraint invoice_paid_ck check (state = 'VOID' or (state = 'PAID') = (paid_at is not null)),
    constraint invoice_void_ck check (
        (state = 'VOID') = (voided_at is not null) and (voided_at is null) = (void_reason is null)
        and length(trim(coalesce(void_reason, 'x'))) > 0)
);
create unique index invoice_month_uq on invoice (wallet_id, period_to) where kind = 'INVOICE';
create index invoice_organization_ix on invoice (organization_id, issued_at);
create index invoice_open_ix on invoice (wallet_id) where state = 'FINAL';
comment on table invoice is 'a document as it was issued; only its state moves on. net: the exact sum of its lines; total: with tax, rounded HALF_UP to the currency''s decimals; rounding: what that added; through_period: the highest rated period that its wallet had then';

create table invoice_item (
    id bigint generated always as identity,
    entry_id bigint not null,
    wallet_id uuid not null,
    kind text not null,
    service_id uuid,
    reason text not null,
    currency char(3) not null,
    amount numeric(20, 8) not null,
    effective_at timestamptz not null,
    gathered_at timestamptz not null,
    constraint invoice_item_pk primary key (id),
    constraint invoice_item_entry_uq unique (entry_id, wallet_id),
    constraint invoice_item_kind_ck check (kind in ('TRANSFER', 'PACK', 'GIVEN_BACK', 'OTHER')),
    constraint invoice_item_amount_ck check (amount <> 0)
);
create index invoice_item_wallet_ix on invoice_item (wallet_id, effective_at);
comment on table invoice_item is 'append-only: what went from a wallet to revenue, or back, and is no hour; for a line of a document; amount: positive is to be paid';

create table invoice_line (
    invoice_id uuid not null,
    position integer not null,
    kind text not null,
    subject_id uuid,
    name text not null,
    what text not null,
    from_at timestamptz not null,
    to_at timestamptz not null,
    quantity numeric(20, 8) not null,
    unit text not null,
    unit_price numeric(20, 8) not null,
    surcharge numeric(20, 8) not null,
    amount numeric(20, 8) not null,
    rated_period_id bigint,
    item_id bigint,
    constraint invoice_line_pk primary key (invoice_id, position),
    constraint invoice_line_period_uq unique (rated_period_id),
    constraint invoice_line_item_uq unique (item_id),
    constraint invoice_line_kind_ck check (kind in ('SERVICE', 'OPTION', 'TRANSFER', 'PACK', 'GIVEN_BACK', 'OTHER')),
    constraint invoice_line_unit_ck check (unit in ('HOUR', 'ITEM')),
    constraint invoice_line_of_ck check ((rated_period_id is null) <> (item_id is null)),
    constraint invoice_line_amount_ck check (amount <> 0),
    constraint invoice_line_span_ck check (to_at >= from_at)
);
comment on table invoice_line is 'append-only: what a document is the sum of; a rated period or an item is on one line, ever; amount is less than quantity by unit_price and surcharge where a month costs no more; it is checked set-wise that lines come with their document, because a batch writes thousands at once';

create index rated_period_closed_ix on rated_period (wallet_id, month_ends_at) where not open;
comment on index rated_period_closed_ix is 'for documents; without the open ones, so that charging, which asks for those alone, is never planned with it';
create index journal_entry_item_ix on journal_entry (effective_at) where kind <> 'CHARGE' and source <> 'manual';
--rollback drop index journal_entry_item_ix; drop index rated_period_closed_ix; drop table invoice_line; drop table invoice_item; drop table invoice; drop table invoice_series; drop table invoice_pattern; drop table invoice_policy;

--changeset invoicing:0002 splitStatements:false
--comment What is final is refused every change, by whomever.
create function guard_invoice() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if (old.state, new.state) in (('FINAL', 'PAID'), ('FINAL', 'VOID'), ('PAID', 'VOID'))
           and (old.paid_at is null or new.paid_at = old.paid_at)
           and to_jsonb(new) - array['state', 'paid_at', 'voided_at', 'void_reason', 'rounding', 'total']
               = to_jsonb(old) - array['state', 'paid_at', 'voided_at', 'void_reason', 'rounding', 'total'] then
            return new;
        end if;
    end if;
    raise exception 'document % is final: correct it by another', old.number_text using errcode = 'restrict_violation';
end $$;

create function guard_invoice_series() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if new.next_number > old.next_number and to_jsonb(new) - 'next_number' = to_jsonb(old) - 'next_number' then
            return new;
        end if;
    end if;
    raise exception 'series % % only goes on', old.kind, old.year using errcode = 'restrict_violation';
end $$;

create function check_series_without_gap() returns trigger language plpgsql as $$
declare
    issued bigint;
begin
    select count(*) into issued
      from invoice
     where series_id = new.id and number >= old.next_number and number < new.next_number;
    if issued <> new.next_number - old.next_number then
        raise exception 'series % % goes from % to % with % documents', new.kind, new.year, old.next_number, new.next_number, issued
            using errcode = 'check_violation';
    end if;
    return null;
end $$;

create function check_invoice_adds_up() returns trigger language plpgsql as $$
declare
    added numeric;
begin
    select sum(amount) into added from invoice_line where invoice_id = new.id;
    if added is distinct from new.net then
        raise exception 'document % says %, its lines say %', new.number_text, new.net, coalesce(added::text, 'nothing')
            using errcode = 'check_violation';
    end if;
    if not exists (select from invoice_series where id = new.series_id and kind = new.kind and next_number > new.number) then
        raise exception 'document % took no number of its series', new.number_text using errcode = 'check_violation';
    end if;
    return null;
end $$;

create function check_invoice_lines() returns trigger language plpgsql as $$
declare
    wrong record;
begin
    select a.invoice_id, a.position into wrong
      from added a
      left join invoice v on v.id = a.invoice_id and v.created_in = pg_current_xact_id()
     where v.id is null
     limit 1;
    if found then
        raise exception 'line % of % refused: its document is not of this transaction', wrong.position, wrong.invoice_id
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end $$;

create trigger invoice_guarded before update or delete on invoice
    for each row execute function guard_invoice();
create trigger invoice_kept before truncate on invoice
    for each statement execute function refuse_history_change();
create constraint trigger invoice_adds_up after insert on invoice
    deferrable initially deferred for each row execute function check_invoice_adds_up();
create trigger invoice_series_guarded before update or delete on invoice_series
    for each row execute function guard_invoice_series();
create trigger invoice_series_kept before truncate on invoice_series
    for each statement execute function refuse_history_change();
create constraint trigger invoice_series_without_gap after update on invoice_series
    deferrable initially deferred for each row execute function check_series_without_gap();
create trigger invoice_line_complete after insert on invoice_line
    referencing new table as added for each statement execute function check_invoice_lines();
create trigger invoice_line_immutable before update or delete or truncate on invoice_line
    for each statement execute function refuse_history_change();
create trigger invoice_item_immutable before update or delete or truncate on invoice_item
    for each statement execute function refuse_history_change();
--rollback drop trigger invoice_item_immutable on invoice_item; drop trigger invoice_line_immutable on invoice_line; drop trigger invoice_line_complete on invoice_line; drop trigger invoice_series_without_gap on invoice_series; drop trigger invoice_series_kept on invoice_series; drop trigger invoice_series_guarded on invoice_series; drop trigger invoice_adds_up on invoice; drop trigger invoice_kept on invoice; drop trigger invoice_guarded on invoice; drop function check_invoice_lines; drop function check_invoice_adds_up; drop function check_series_without_gap; drop function guard_invoice_series; drop function guard_invoice;
