--liquibase formatted sql

--changeset documents:baseline splitStatements:false

-- Documents as files, created at the first request.
create table invoice_file (
    invoice_id uuid not null,
    format text not null,
    language text not null,
    content bytea not null,
    created_at timestamptz not null,
    constraint invoice_file_pk primary key (invoice_id, format, language),
    constraint invoice_file_invoice_fk foreign key (invoice_id) references invoice (id),
    constraint invoice_file_format_ck check (format in ('PDF', 'FACTUR_X', 'XRECHNUNG_CII', 'XRECHNUNG_UBL')),
    constraint invoice_file_content_ck check (octet_length(content) > 0)
);
alter table invoice_file alter column content set storage external;
comment on table invoice_file is 'append-only: a document as a file, with the look and texts at the time of the first request; later requests get the same file';
create trigger invoice_file_immutable before update or delete or truncate on invoice_file
    for each statement execute function refuse_history_change();

-- The look and texts of a reseller's documents. A document keeps the version in force at its issue, whenever its file is created.
create table document_template (
    version integer not null,
    accent char(7),
    language text,
    recorded_at timestamptz not null,
    recorded_by text not null,
    payment_days integer,
    constraint document_template_pk primary key (version),
    constraint document_template_version_ck check (version > 0),
    constraint document_template_accent_ck check (accent ~ '^#[0-9a-f]{6}$'),
    constraint document_template_language_ck check (language in ('EN', 'DE')),
    constraint document_template_payment_ck check (payment_days between 0 and 120)
);
comment on table document_template is 'append-only: the highest version applies to new documents; accent: null for the brand''s; language: of documents for customers who have chosen none, null for the tenant''s';
comment on column document_template.payment_days is 'number of days after its issue within which a document is to be paid; null: the default';
create trigger document_template_immutable before update or delete or truncate on document_template
    for each statement execute function refuse_history_change();

create table document_text (
    version integer not null,
    language text not null,
    part text not null,
    text text not null,
    constraint document_text_pk primary key (version, language, part),
    constraint document_text_version_fk foreign key (version) references document_template (version),
    constraint document_text_language_ck check (language in ('EN', 'DE')),
    constraint document_text_part_ck check (part in ('INTRODUCTION', 'CLOSING', 'PAYMENT', 'LEGAL', 'FOOTER')),
    constraint document_text_text_ck check (length(text) between 1 and 1000)
);
comment on table document_text is 'append-only: texts of documents by version of the template and language; no text without a row';
create trigger document_text_immutable before update or delete or truncate on document_text
    for each statement execute function refuse_history_change();

-- A foreign key of a table that is created earlier.
alter table invoice add constraint invoice_template_fk foreign key (template_version) references document_template (version);
