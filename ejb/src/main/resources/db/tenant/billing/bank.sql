--liquibase formatted sql

--changeset bank:baseline splitStatements:false

-- The reference that an organization puts on its bank transfers (ISO 11649).
create table bank_reference (
    organization_id uuid not null,
    reference text not null,
    constraint bank_reference_pk primary key (organization_id),
    constraint bank_reference_organization_fk foreign key (organization_id) references organization (id),
    constraint bank_reference_uq unique (reference),
    constraint bank_reference_ck check (
        reference ~ '^RF[0-9]{12}$' and mod((substr(reference, 5) || '2715' || substr(reference, 3, 2))::numeric, 97) = 1)
);
comment on table bank_reference is 'append-only: random, so that it does not reveal the number of customers, with check digits, so that a mistyped one belongs to no customer';

-- Lines of the reseller's bank statements, and the outcome of each.
create table bank_import (
    id uuid not null,
    file_name text not null,
    format text not null,
    lines integer not null,
    new_lines integer not null,
    imported_at timestamptz not null,
    imported_by text not null,
    -- a file is first a draft: how it is read and what each row will become is shown before anything is posted
    state text not null default 'POSTED',
    digest text,
    size_bytes integer,
    content bytea,
    version integer not null default 1,
    fingerprint text not null default '',
    header text[] not null default '{}',
    samples text[] not null default '{}',
    layout jsonb not null default '{}',
    mapping jsonb not null default '{}',
    profile_id uuid,
    problem text,
    problem_line integer,
    problem_detail text,
    posted_at timestamptz,
    posted_by text,
    acknowledged boolean not null default false,
    constraint bank_import_pk primary key (id),
    constraint bank_import_lines_ck check (new_lines between 0 and lines),
    constraint bank_import_format_ck check (format ~ '^[A-Z0-9_]{1,40}$'),
    constraint bank_import_state_ck check (state in ('DRAFT', 'POSTED', 'DISCARDED')),
    constraint bank_import_content_ck check (content is null or (state = 'DRAFT' and octet_length(content) <= 16000000)),
    constraint bank_import_mapping_ck check (jsonb_typeof(mapping) = 'object' and jsonb_typeof(layout) = 'object'),
    constraint bank_import_version_ck check (version > 0)
);
create index bank_import_state_ix on bank_import (state, imported_at desc, id);
create index bank_import_digest_ix on bank_import (digest) where digest is not null;
comment on table bank_import is 'Bank files. DRAFT: shown and not posted, content is the file; POSTED: its lines are bank_transaction, and the file itself is deleted; DISCARDED: nothing of it was posted. new_lines: lines that did not exist before. version grows with each change of how it is read, so that the posted content is the one shown. layout: interpretation of a table''s columns; mapping: user input or saved profile for it; problem: match_reason no row could be read';

create table bank_transaction (
    id uuid not null,
    import_id uuid not null,
    position integer not null,
    account text not null,
    key text not null,
    booked_on date not null,
    amount numeric(20, 8) not null,
    currency char(3) not null,
    payer text not null,
    iban text not null,
    purpose text not null,
    state text not null,
    match_reason text not null,
    proposed_id uuid,
    organization_id uuid,
    entry_id bigint,
    turn integer not null default 0,
    decided_at timestamptz,
    decided_by text,
    note text not null default '',
    entered_by_id uuid,
    entered_by text,
    counter_id uuid,
    reference_key text not null default '',
    constraint bank_transaction_pk primary key (id),
    constraint bank_transaction_import_fk foreign key (import_id) references bank_import (id),
    constraint bank_transaction_entry_fk foreign key (entry_id) references journal_entry (id),
    constraint bank_transaction_counter_fk foreign key (counter_id) references bank_transaction (id),
    constraint bank_transaction_once_uq unique (account, key),
    constraint bank_transaction_entry_uq unique (entry_id),
    constraint bank_transaction_amount_ck check (amount <> 0),
    constraint bank_transaction_state_ck check (state in ('OPEN', 'BOOKED', 'IGNORED')),
    constraint bank_transaction_booked_ck check ((state = 'BOOKED') = (entry_id is not null) and (state = 'BOOKED') = (organization_id is not null)),
    constraint bank_transaction_match_reason_ck check (match_reason in ('REFERENCE', 'PAYER', 'DOCUMENT', 'DIGITS', 'NAME', 'AMBIGUOUS', 'UNKNOWN', 'CURRENCY', 'SIMILAR',
        'REVERSED', 'OUTGOING', 'MANUAL', 'TOTALS', 'CHANGED', 'ENTERED', 'RETURN', 'RETURNED')),
    constraint bank_transaction_entered_ck check (entered_by_id is null or entered_by is not null)
);
create index bank_transaction_state_ix on bank_transaction (state, booked_on desc, id);
create index bank_transaction_similar_ix on bank_transaction (booked_on, amount);
create index bank_transaction_payer_ix on bank_transaction (iban) where state = 'BOOKED' and iban <> '';
create index bank_transaction_import_ix on bank_transaction (import_id, booked_on);
-- Manually entered amounts count towards the daily limit of manual credits for a customer.
create index bank_transaction_entered_ix on bank_transaction (organization_id, decided_at) where entered_by is not null;
create index bank_transaction_counter_ix on bank_transaction (counter_id) where counter_id is not null;
create index bank_transaction_amount_ix on bank_transaction (amount, currency);
create index bank_transaction_reference_ix on bank_transaction (reference_key) where reference_key <> '';
comment on column bank_transaction.reference_key is 'Digest of the bank''s reference with amount and currency, regardless of the booking day; empty: the bank gave none';
comment on column bank_transaction.counter_id is 'the opposite transaction that this one may reverse, or that may reverse it';
comment on table bank_transaction is 'Lines of bank statements, each kept once: key is the bank''s own reference, or a digest of the line with a number among identical ones. match_reason: certainty of the assignment, or why there is none; REFERENCE is booked without a person. turn: number of bookings, so that each booking has a separate key';
comment on column bank_transaction.entered_by is 'who entered the amount where the bank''s row could not be read; above the limit for manual credits another person assigns it';

create table bank_transaction_event (
    id bigint generated always as identity,
    line_id uuid not null,
    action text not null,
    organization_id uuid,
    entry_id bigint,
    note text not null,
    at timestamptz not null,
    actor text not null,
    constraint bank_transaction_event_pk primary key (id),
    constraint bank_transaction_event_line_fk foreign key (line_id) references bank_transaction (id),
    constraint bank_transaction_event_ck check (action in ('BOOKED', 'REVERSED', 'IGNORED', 'REOPENED', 'ENTERED'))
);
create index bank_transaction_event_line_ix on bank_transaction_event (line_id, id);
comment on table bank_transaction_event is 'append-only: actions on lines of bank statements, and who took them';

create table bank_columns (
    one boolean not null default true,
    names jsonb not null default '{}',
    constraint bank_columns_pk primary key (one),
    constraint bank_columns_one_ck check (one),
    constraint bank_columns_names_ck check (jsonb_typeof(names) = 'object')
);
comment on table bank_columns is 'names of columns in this reseller''s CSV files that differ from the usual ones';
insert into bank_columns (one) values (true);

create table bank_row (
    id uuid not null,
    import_id uuid not null,
    position integer not null,
    line_number integer not null,
    kind text not null,
    reason text not null default '',
    detail text not null default '',
    raw text not null default '',
    account text not null default '',
    key text not null default '',
    booked_on date,
    amount numeric(20, 8),
    currency char(3),
    payer text not null default '',
    iban text not null default '',
    purpose text not null default '',
    plan text not null,
    match_reason text,
    organization_id uuid,
    line_id uuid,
    counter_id uuid,
    review text,
    decided_at timestamptz,
    decided_by text,
    note text not null default '',
    reference_key text not null default '',
    constraint bank_row_pk primary key (id),
    constraint bank_row_import_fk foreign key (import_id) references bank_import (id) on delete cascade,
    constraint bank_row_line_fk foreign key (line_id) references bank_transaction (id),
    constraint bank_row_counter_fk foreign key (counter_id) references bank_transaction (id),
    constraint bank_row_position_uq unique (import_id, position),
    constraint bank_row_kind_ck check (kind in ('TRANSACTION', 'SKIPPED', 'REVIEW')),
    constraint bank_row_transaction_ck check (
        kind <> 'TRANSACTION' or (booked_on is not null and amount is not null and amount <> 0 and currency is not null and key <> '')),
    constraint bank_row_plan_ck check (plan in ('CREDIT', 'ASSIGN', 'OUTGOING', 'KNOWN', 'SKIPPED', 'REVIEW')),
    constraint bank_row_credit_ck check (plan <> 'CREDIT' or (kind = 'TRANSACTION' and amount > 0 and organization_id is not null)),
    constraint bank_row_review_ck check (review is null or (kind = 'REVIEW' and review in ('OPEN', 'COMPLETED', 'DISCARDED'))),
    constraint bank_row_completed_ck check (review is distinct from 'COMPLETED' or line_id is not null)
);
create index bank_row_reference_ix on bank_row (reference_key) where reference_key <> '' and review in ('OPEN', 'DISCARDED');
create index bank_row_review_ix on bank_row (decided_at, id) where review is not null;
create index bank_row_key_ix on bank_row (account, key) where kind = 'REVIEW';
create index bank_row_counter_ix on bank_row (counter_id) where counter_id is not null;
create index bank_row_line_ix on bank_row (line_id) where line_id is not null;
create index bank_row_similar_ix on bank_row (booked_on, amount) where review in ('OPEN', 'DISCARDED');
comment on table bank_row is 'Every row of a bank file, with its preview (plan) before the file was posted. review: a row that could not be read with certainty, once its file is posted';

create table bank_import_total (
    import_id uuid not null,
    currency char(3) not null,
    incoming_count integer not null,
    incoming numeric(24, 8) not null,
    outgoing_count integer not null,
    outgoing numeric(24, 8) not null,
    constraint bank_import_total_pk primary key (import_id, currency),
    constraint bank_import_total_import_fk foreign key (import_id) references bank_import (id) on delete cascade,
    constraint bank_import_total_ck check (incoming >= 0 and outgoing >= 0)
);
comment on table bank_import_total is 'Sums of the transactions read from a bank file';

create table bank_import_figure (
    import_id uuid not null,
    position integer not null,
    figure text not null,
    account text not null,
    currency char(3) not null,
    reported numeric(24, 8) not null,
    computed numeric(24, 8),
    constraint bank_import_figure_pk primary key (import_id, position),
    constraint bank_import_figure_import_fk foreign key (import_id) references bank_import (id) on delete cascade
);
comment on table bank_import_figure is 'Figures stated by a bank file, beside the same computed from its transactions; null: a balance that is not compared';

create table bank_profile (
    id uuid not null,
    name text not null,
    fingerprint text not null,
    mapping jsonb not null,
    created_at timestamptz not null,
    created_by text not null,
    changed_at timestamptz not null,
    changed_by text not null,
    constraint bank_profile_pk primary key (id),
    constraint bank_profile_fingerprint_uq unique (fingerprint),
    constraint bank_profile_name_ck check (length(name) between 1 and 80),
    constraint bank_profile_mapping_ck check (jsonb_typeof(mapping) = 'object')
);
create unique index bank_profile_name_uq on bank_profile (lower(name));
comment on table bank_profile is 'How files of a bank are read, recognized by their heading (fingerprint)';

-- Customers by name as written by a payer.
create index organization_name_match_ix on organization ((regexp_replace(lower(name), '[^[:alnum:]]', '', 'g')));
create trigger organization_bank_reference after insert on organization
    for each row execute function assign_bank_reference();

-- What other packages may read.
create view booked_transaction_v with (security_invoker) as
select organization_id, currency, amount, entered_by, decided_at
  from bank_transaction
 where state = 'BOOKED';
comment on view booked_transaction_v is 'what was credited from the bank; entered_by: who typed it in, null if it is from a file';
