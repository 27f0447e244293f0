--liquibase formatted sql

--changeset bank:assign_bank_reference runOnChange:true splitStatements:false
-- Assigns a new organization its reference for bank transfers (ISO 11649): RF, two check digits, ten random digits. R and F count as 27 and 15 in the
-- check digits. Qualifies the schema, because it may run without a search path.
--
-- Trigger: organization_bank_reference on organization
create or replace function assign_bank_reference() returns trigger language plpgsql as $$
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
