--liquibase formatted sql

--changeset bank:0001 splitStatements:false
--comment What an organization writes into its bank transfers, so that they are known as its own (ISO 11649).
create table bank_reference (
    organization_id uuid not null,
    reference text not null,
    constraint bank_reference_pk primary key (organization_id),
    constraint bank_reference_organization_fk foreign key (organization_id) references organization (id),
    constraint bank_reference_uq unique (reference),
    constraint bank_reference_ck check (
        reference ~ '^RF[0-9]{12}$' and mod((substr(reference, 5) || '2715' || substr(reference, 3, 2))::numeric, 97) = 1)
);
comment on table bank_reference is 'append-only: by chance, so that nobody counts customers by it, with check digits, so that a mistyped one is nobody''s';

-- RF, two check digits, ten digits by chance; R and F are 27 and 15 in what the check digits are of.
create function give_bank_reference() returns trigger language plpgsql as $$
declare
    body text;
    given integer;
begin
    loop
        body := lpad(floor(random() * 10000000000)::bigint::text, 10, '0');
        execute format('insert into %I.bank_reference (organization_id, reference) values ($1, $2)'
                       ' on conflict on constraint bank_reference_uq do nothing', tg_table_schema)
          using new.id, 'RF' || lpad((98 - mod((body || '271500')::numeric, 97))::text, 2, '0') || body;
        get diagnostics given = row_count;
        exit when given = 1;
    end loop;
    return null;
end $$;

create trigger organization_bank_reference after insert on organization
    for each row execute function give_bank_reference();

do $$
declare
    known record;
    body text;
begin
    for known in select id from organization loop
        loop
            body := lpad(floor(random() * 10000000000)::bigint::text, 10, '0');
            insert into bank_reference (organization_id, reference)
            values (known.id, 'RF' || lpad((98 - mod((body || '271500')::numeric, 97))::text, 2, '0') || body)
                on conflict on constraint bank_reference_uq do nothing;
            exit when found;
        end loop;
    end loop;
end $$;
--rollback drop trigger organization_bank_reference on organization; drop function give_bank_reference; drop table bank_reference;

--changeset bank:0002
--comment Lines of the reseller's bank statements, and what became of each.
create table bank_import (
    id uuid not null,
    file_name text not null,
    format text not null,
    lines integer not null,
    fresh integer not null,
    imported_at timestamptz not null,
    imported_by text not null,
    constraint bank_import_pk primary key (id),
    constraint bank_import_format_ck check (format in ('CAMT_053', 'CSV')),
    constraint bank_import_lines_ck check (fresh between 0 and lines)
);
comment on table bank_import is 'Files that were read; fresh: lines that were not there before';

create table bank_line (
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
    words text not null,
    state text not null,
    why text not null,
    proposed_id uuid,
    organization_id uuid,
    entry_id bigint,
    turn integer not null default 0,
    decided_at timestamptz,
    decided_by text,
    note text not null default '',
    constraint bank_line_pk primary key (id),
    constraint bank_line_import_fk foreign key (import_id) references bank_import (id),
    constraint bank_line_once_uq unique (account, key),
    constraint bank_line_entry_uq unique (entry_id),
    constraint bank_line_entry_fk foreign key (entry_id) references journal_entry (id),
    constraint bank_line_amount_ck check (amount <> 0),
    constraint bank_line_state_ck check (state in ('OPEN', 'BOOKED', 'SET_ASIDE')),
    constraint bank_line_booked_ck check ((state = 'BOOKED') = (entry_id is not null) and (state = 'BOOKED') = (organization_id is not null)),
    constraint bank_line_why_ck check (why in ('REFERENCE', 'PAYER', 'DOCUMENT', 'DIGITS', 'NAME', 'AMBIGUOUS', 'UNKNOWN', 'CURRENCY', 'ALIKE',
                                              'TAKEN_BACK', 'OUTGOING', 'BY_HAND'))
);
create index bank_line_state_ix on bank_line (state, booked_on desc, id);
create index bank_line_alike_ix on bank_line (booked_on, amount);
create index bank_line_payer_ix on bank_line (iban) where state = 'BOOKED' and iban <> '';
comment on table bank_line is 'Lines of bank statements, each kept once: key is the bank''s own reference, or a digest of the line with a number among those alike. why: how sure it is whose it is, or why nobody knows; REFERENCE is booked without a person. turn: how often it was booked, so that each booking has a key of its own';

create table bank_act (
    id bigint generated always as identity,
    line_id uuid not null,
    act text not null,
    organization_id uuid,
    entry_id bigint,
    note text not null,
    at timestamptz not null,
    actor text not null,
    constraint bank_act_pk primary key (id),
    constraint bank_act_line_fk foreign key (line_id) references bank_line (id),
    constraint bank_act_ck check (act in ('BOOKED', 'TAKEN_BACK', 'SET_ASIDE', 'TAKEN_UP'))
);
create index bank_act_line_ix on bank_act (line_id, id);
comment on table bank_act is 'append-only: what was done about lines of bank statements, and by whom';

create table bank_columns (
    one boolean not null default true,
    names jsonb not null default '{}',
    constraint bank_columns_pk primary key (one),
    constraint bank_columns_one_ck check (one),
    constraint bank_columns_names_ck check (jsonb_typeof(names) = 'object')
);
insert into bank_columns (one) values (true);
comment on table bank_columns is 'how columns of this reseller''s CSV files are called, where they are called otherwise than usual';
--rollback drop table bank_columns; drop table bank_act; drop table bank_line; drop table bank_import;
