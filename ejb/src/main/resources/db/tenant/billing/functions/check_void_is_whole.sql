--liquibase formatted sql

--changeset invoicing:check_void_is_whole runOnChange:true splitStatements:false
-- At commit: a void invoice and its credit note belong together, and no line has a remainder.
--
-- Errors: check_violation: document % is not made void by %
--         check_violation: of line % of % there is % left
-- Trigger: invoice_void_whole on invoice_void
create or replace function check_void_is_whole() returns trigger language plpgsql as $$
declare
    wrong record;
begin
    if not exists (select from invoice v
                     join invoice n on n.id = new.credit_note_id and n.kind = 'CREDIT_NOTE' and n.corrects_id = v.id
                    where v.id = new.invoice_id and v.kind = 'INVOICE' and v.state = 'VOID') then
        raise exception 'document % is not made void by %', new.invoice_id, new.credit_note_id using errcode = 'check_violation';
    end if;
    select o.position, o.amount + coalesce(sum(e.amount), 0) as remaining into wrong
      from invoice_line o
      left join (invoice v join invoice_line e on e.invoice_id = v.id)
        on v.corrects_id = o.invoice_id and e.corrects_position = o.position
     where o.invoice_id = new.invoice_id
     group by o.position, o.amount
    having o.amount + coalesce(sum(e.amount), 0) <> 0
     limit 1;
    if found then
        raise exception 'of line % of % there is % left', wrong.position, new.invoice_id, wrong.remaining
            using errcode = 'check_violation';
    end if;
    return null;
end $$;
