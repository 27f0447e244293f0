--liquibase formatted sql

--changeset paper:0001
--comment How a reseller's documents look and what they say besides; a document keeps the version in force when it was issued, whenever its file is made.
create table document_template (
    version integer not null,
    accent char(7),
    language text,
    noted_at timestamptz not null,
    noted_by text not null,
    constraint document_template_pk primary key (version),
    constraint document_template_version_ck check (version > 0),
    constraint document_template_accent_ck check (accent ~ '^#[0-9a-f]{6}$'),
    constraint document_template_language_ck check (language in ('EN', 'DE'))
);
comment on table document_template is 'append-only: the highest version holds for documents from now on; accent: null for the brand''s; language: of documents for customers who have chosen none, null for the tenant''s';

create table document_text (
    version integer not null,
    language text not null,
    part text not null,
    said text not null,
    constraint document_text_pk primary key (version, language, part),
    constraint document_text_version_fk foreign key (version) references document_template (version),
    constraint document_text_language_ck check (language in ('EN', 'DE')),
    constraint document_text_part_ck check (part in ('INTRODUCTION', 'CLOSING', 'PAYMENT', 'LEGAL', 'FOOTER')),
    constraint document_text_said_ck check (length(said) between 1 and 1000)
);
comment on table document_text is 'append-only: what documents say by a version of the template, in a language; without a row nothing';

create trigger document_template_immutable before update or delete or truncate on document_template
    for each statement execute function refuse_history_change();
create trigger document_text_immutable before update or delete or truncate on document_text
    for each statement execute function refuse_history_change();
--rollback drop table document_text; drop table document_template;

--changeset paper:0002 splitStatements:false
--comment Whatever issues a document, it has the template in force; those that were issued before have none.
create function template_in_force() returns integer language sql stable as $$
    select max(version) from document_template
$$;
alter table invoice add column template_version integer;
alter table invoice alter column template_version set default template_in_force();
alter table invoice add constraint invoice_template_fk foreign key (template_version) references document_template (version);
--rollback alter table invoice drop column template_version; drop function template_in_force;
