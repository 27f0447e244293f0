--liquibase formatted sql

--changeset invoicing:check_invoice_adds_up runOnChange:true splitStatements:false
-- At commit: a document's net is the sum of its lines, its tax the sum over its tax treatments, and its number was taken from its series.
--
-- Errors: check_violation: document % says %, its lines say %
--         check_violation: document % says % of tax, its parts say %
--         check_violation: document % took no number of its series
-- Trigger: invoice_adds_up on invoice
create or replace function check_invoice_adds_up() returns trigger language plpgsql as $$
declare
    added numeric;
    taxed numeric;
begin
    select sum(net) into added from invoice_line where invoice_id = new.id;
    if added is distinct from new.net then
        raise exception 'document % says %, its lines say %', new.number_text, new.net, coalesce(added::text, 'nothing')
            using errcode = 'check_violation';
    end if;
    select coalesce(sum(tax), 0) into taxed from invoice_tax where invoice_id = new.id;
    if taxed <> new.tax then
        raise exception 'document % says % of tax, its parts say %', new.number_text, new.tax, taxed
            using errcode = 'check_violation';
    end if;
    if not exists (select from invoice_number_sequence where id = new.series_id and kind = new.kind and next_number > new.number) then
        raise exception 'document % took no number of its series', new.number_text using errcode = 'check_violation';
    end if;
    return null;
end $$;
