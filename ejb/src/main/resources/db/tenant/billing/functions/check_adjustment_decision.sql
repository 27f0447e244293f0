--liquibase formatted sql

--changeset adjustment:check_adjustment_decision runOnChange:true splitStatements:false
-- A decision matches the request line by line, the amount moved by the journal entry, or the wallet's credit limit. No one decides on their own
-- request or withdraws another's, and nothing is decided after it expired.
--
-- Errors: restrict_violation: adjustment % (%) sets no such credit limit
--         restrict_violation: adjustment % is not the credit limit that was set
--         restrict_violation: adjustment % is not what document % credits
--         restrict_violation: adjustment % is not what entry % moved
--         restrict_violation: adjustment % waits for nobody
--         restrict_violation: adjustment % can be withdrawn only by its requester
--         restrict_violation: adjustment % is decided on by somebody else than who asked for it
--         restrict_violation: adjustment % has expired
-- Trigger: adjustment_decision_checked on adjustment_decision
create or replace function check_adjustment_decision() returns trigger language plpgsql as $$
declare
    asked record;
begin
    select c.*, e.id as entry, n.id as document, w.credit_limit as limit_now into asked
      from adjustment c
      left join journal_entry e on e.id = new.entry_id and e.idempotency_key = 'adjustment:' || c.id and c.kind in ('CREDIT', 'WRITE_OFF')
      left join wallet w on w.id = c.wallet_id
      left join adjustment_invoice k on k.adjustment_id = c.id
      left join credit_note_v n on n.id = new.document_id and n.id = c.id and n.corrects_id = k.invoice_id
                         and n.wallet_id = c.wallet_id and n.currency = c.currency and n.total = -c.amount
                         and c.kind = case when n.is_void then 'VOID' else 'CREDIT_NOTE' end
                         and not exists (
                           select from (select position, amount from adjustment_line where adjustment_id = c.id) l
                             full join (select corrects_position, amount from corrected_line_v where invoice_id = n.id) x
                               on x.corrects_position = l.position
                            where l.amount is distinct from -x.amount)
     where c.id = new.adjustment_id;
    if new.outcome = 'DONE' and (asked.kind = 'CREDIT_LIMIT') <> (new.credit_limit is not null) then
        raise exception 'adjustment % (%) sets no such credit limit', new.adjustment_id, asked.kind using errcode = 'restrict_violation';
    end if;
    if new.outcome = 'DONE' and asked.kind = 'CREDIT_LIMIT'
       and (new.credit_limit <> asked.amount or asked.limit_now <> asked.amount) then
        raise exception 'adjustment % is not the credit limit that was set', new.adjustment_id using errcode = 'restrict_violation';
    end if;
    if new.outcome = 'DONE' and new.document_id is not null and asked.document is null then
        raise exception 'adjustment % is not what document % credits', new.adjustment_id, new.document_id
            using errcode = 'restrict_violation';
    end if;
    if new.outcome = 'DONE' and new.document_id is null and new.credit_limit is null and asked.entry is null then
        raise exception 'adjustment % is not what entry % moved', new.adjustment_id, new.entry_id
            using errcode = 'restrict_violation';
    end if;
    if asked.expires_at is null and new.outcome <> 'DONE' then
        raise exception 'adjustment % waits for nobody', new.adjustment_id using errcode = 'restrict_violation';
    end if;
    if new.outcome = 'WITHDRAWN' and new.decided_by is distinct from asked.requested_by then
        raise exception 'adjustment % can be withdrawn only by its requester', new.adjustment_id
            using errcode = 'restrict_violation';
    end if;
    if asked.expires_at is not null and new.outcome <> 'WITHDRAWN'
       and (new.decided_by is null or new.decided_by = asked.requested_by) then
        raise exception 'adjustment % is decided on by somebody else than who asked for it', new.adjustment_id
            using errcode = 'restrict_violation';
    end if;
    if new.decided_at >= asked.expires_at then
        raise exception 'adjustment % has expired', new.adjustment_id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
