--liquibase formatted sql

--changeset documents:current_document_template runOnChange:true splitStatements:false
-- The document template in force: default of invoice.template_version, so that every document keeps it. The default is set here, because invoice is
-- created before document_template.
--
-- Returns: the highest version; null before the first template
-- Called by: table invoice
create or replace function current_document_template() returns integer language sql stable as $$
    select max(version) from document_template
$$;
alter table invoice alter column template_version set default current_document_template();
