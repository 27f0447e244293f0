--liquibase formatted sql

--changeset adjustment:check_credit_note_is_requested runOnChange:true splitStatements:false
-- At commit: no credit note gives up revenue without an adjustment. A line charged again with another tax treatment refunds tax that was not due, and
-- nothing that the reseller could keep.
--
-- Errors: restrict_violation: document % gives back %, and nobody has asked for it
-- Trigger: invoice_is_conceded on invoice
create or replace function check_credit_note_is_requested() returns trigger language plpgsql as $$
begin
    if new.total < 0
       and exists (select from corrected_line_v l
                    where l.invoice_id = new.id and l.kind = 'CREDITED'
                      and not exists (select from corrected_line_v r
                                       where r.invoice_id = new.id and r.kind = 'TAX_CORRECTED' and r.corrects_position = l.corrects_position))
       and not exists (select from adjustment_decision d where d.document_id = new.id) then
        raise exception 'document % gives back %, and nobody has asked for it', new.number_text, -new.total
            using errcode = 'restrict_violation';
    end if;
    return null;
end $$;
