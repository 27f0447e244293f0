--liquibase formatted sql

--changeset invoicing:0007
--comment Documents as files, as they were made when somebody first asked for them.
create table invoice_file (
    invoice_id uuid not null,
    format text not null,
    language text not null,
    content bytea not null,
    made_at timestamptz not null,
    constraint invoice_file_pk primary key (invoice_id, format, language),
    constraint invoice_file_invoice_fk foreign key (invoice_id) references invoice (id),
    constraint invoice_file_format_ck check (format in ('PDF', 'FACTUR_X', 'XRECHNUNG_CII', 'XRECHNUNG_UBL')),
    constraint invoice_file_content_ck check (octet_length(content) > 0)
);
alter table invoice_file alter column content set storage external;
comment on table invoice_file is 'append-only: a document as a file, in the look and the words of the moment at which it was first asked for; whoever asks again gets the same';

create trigger invoice_file_immutable before update or delete or truncate on invoice_file
    for each statement execute function refuse_history_change();
--rollback drop table invoice_file;
