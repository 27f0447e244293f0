--liquibase formatted sql

--changeset bank:0004
--comment A bank file is first a draft: how it is read and what each row will become is shown before anything is posted.
alter table bank_import
    add column state text not null default 'POSTED',
    add column digest text,
    add column size_bytes integer,
    add column content bytea,
    add column version integer not null default 1,
    add column fingerprint text not null default '',
    add column header text[] not null default '{}',
    add column samples text[] not null default '{}',
    add column layout jsonb not null default '{}',
    add column mapping jsonb not null default '{}',
    add column profile_id uuid,
    add column problem text,
    add column problem_line integer,
    add column problem_detail text,
    add column posted_at timestamptz,
    add column posted_by text,
    add column acknowledged boolean not null default false,
    drop constraint bank_import_format_ck,
    add constraint bank_import_format_ck check (format ~ '^[A-Z0-9_]{1,40}$'),
    add constraint bank_import_state_ck check (state in ('DRAFT', 'POSTED', 'DISCARDED')),
    add constraint bank_import_content_ck check (content is null or (state = 'DRAFT' and octet_length(content) <= 16000000)),
    add constraint bank_import_mapping_ck check (jsonb_typeof(mapping) = 'object' and jsonb_typeof(layout) = 'object'),
    add constraint bank_import_version_ck check (version > 0);
update bank_import set posted_at = imported_at, posted_by = imported_by;
create index bank_import_state_ix on bank_import (state, imported_at desc, id);
create index bank_import_digest_ix on bank_import (digest) where digest is not null;
comment on table bank_import is 'Bank files. DRAFT: shown and not posted, content is the file; POSTED: its lines are bank_line, and the file itself is deleted; DISCARDED: nothing of it was posted. fresh: lines that were not there before. version grows with each change of how it is read, so that what is posted is what was shown. layout: how the columns of a table were understood; mapping: what somebody or a saved profile said about that; problem: why no row could be read';

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
    words text not null default '',
    plan text not null,
    why text,
    organization_id uuid,
    line_id uuid,
    review text,
    decided_at timestamptz,
    decided_by text,
    note text not null default '',
    constraint bank_row_pk primary key (id),
    constraint bank_row_import_fk foreign key (import_id) references bank_import (id) on delete cascade,
    constraint bank_row_line_fk foreign key (line_id) references bank_line (id),
    constraint bank_row_position_uq unique (import_id, position),
    constraint bank_row_kind_ck check (kind in ('TRANSACTION', 'SKIPPED', 'REVIEW')),
    constraint bank_row_transaction_ck check (
        kind <> 'TRANSACTION' or (booked_on is not null and amount is not null and amount <> 0 and currency is not null and key <> '')),
    constraint bank_row_plan_ck check (plan in ('CREDIT', 'ASSIGN', 'OUTGOING', 'KNOWN', 'SKIPPED', 'REVIEW')),
    constraint bank_row_credit_ck check (plan <> 'CREDIT' or (kind = 'TRANSACTION' and amount > 0 and organization_id is not null)),
    constraint bank_row_review_ck check (review is null or (kind = 'REVIEW' and review in ('OPEN', 'COMPLETED', 'DISCARDED'))),
    constraint bank_row_completed_ck check (review is distinct from 'COMPLETED' or line_id is not null)
);
create index bank_row_review_ix on bank_row (decided_at, id) where review is not null;
create index bank_row_key_ix on bank_row (account, key) where kind = 'REVIEW';
create index bank_row_line_ix on bank_row (line_id) where line_id is not null;
comment on table bank_row is 'Every row of a bank file, with what was shown that it becomes (plan) before the file was posted. review: a row that could not be read with certainty, once its file is posted';

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
comment on table bank_import_total is 'Sums of the transactions that were read of a bank file';

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
comment on table bank_import_figure is 'Figures that a bank file states about itself, beside the same computed from its transactions; null: a balance that nothing is compared with';

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
comment on table bank_profile is 'How files of a bank are read, found again by what their heading is (fingerprint)';

alter table bank_line
    add column entered_by_id uuid,
    add column entered_by text,
    drop constraint bank_line_why_ck,
    add constraint bank_line_why_ck check (why in ('REFERENCE', 'PAYER', 'DOCUMENT', 'DIGITS', 'NAME', 'AMBIGUOUS', 'UNKNOWN', 'CURRENCY', 'ALIKE',
                                                   'TAKEN_BACK', 'OUTGOING', 'BY_HAND', 'TOTALS', 'CHANGED', 'ENTERED')),
    add constraint bank_line_entered_ck check (entered_by_id is null or entered_by is not null);
create index bank_line_import_ix on bank_line (import_id, booked_on);
alter table bank_act drop constraint bank_act_ck,
    add constraint bank_act_ck check (act in ('BOOKED', 'TAKEN_BACK', 'SET_ASIDE', 'TAKEN_UP', 'ENTERED'));
comment on column bank_line.entered_by is 'who typed the amount in, where the bank''s row could not be read; above the limit for credits by hand somebody else assigns it';
--rollback drop index bank_line_import_ix;
--rollback delete from bank_act where act = 'ENTERED';
--rollback alter table bank_act drop constraint bank_act_ck, add constraint bank_act_ck check (act in ('BOOKED', 'TAKEN_BACK', 'SET_ASIDE', 'TAKEN_UP'));
--rollback alter table bank_line drop constraint bank_line_entered_ck, drop column entered_by, drop column entered_by_id;
--rollback update bank_line set why = 'BY_HAND' where why in ('TOTALS', 'CHANGED', 'ENTERED');
--rollback alter table bank_line drop constraint bank_line_why_ck;
--rollback alter table bank_line add constraint bank_line_why_ck check (why in ('REFERENCE', 'PAYER', 'DOCUMENT', 'DIGITS', 'NAME', 'AMBIGUOUS', 'UNKNOWN', 'CURRENCY', 'ALIKE', 'TAKEN_BACK', 'OUTGOING', 'BY_HAND'));
--rollback drop table bank_profile; drop table bank_import_figure; drop table bank_import_total; drop table bank_row;
--rollback delete from bank_import where state <> 'POSTED';
--rollback alter table bank_import drop constraint bank_import_format_ck, drop constraint bank_import_state_ck, drop constraint bank_import_content_ck;
--rollback alter table bank_import drop constraint bank_import_mapping_ck, drop constraint bank_import_version_ck;
--rollback drop index bank_import_state_ix; drop index bank_import_digest_ix;
--rollback alter table bank_import drop column state, drop column digest, drop column size_bytes, drop column content, drop column version;
--rollback alter table bank_import drop column fingerprint, drop column header, drop column samples, drop column layout, drop column mapping, drop column profile_id;
--rollback alter table bank_import drop column problem, drop column problem_line, drop column problem_detail;
--rollback alter table bank_import drop column posted_at, drop column posted_by, drop column acknowledged;
--rollback update bank_import set format = 'CSV' where format not in ('CAMT_053', 'CSV');
--rollback alter table bank_import add constraint bank_import_format_ck check (format in ('CAMT_053', 'CSV'));
