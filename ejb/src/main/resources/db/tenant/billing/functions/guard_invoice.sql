--liquibase formatted sql

--changeset invoicing:guard_invoice runOnChange:true splitStatements:false
-- A document is final: only its open amount and its state change. It is FINAL while an amount is open and PAID otherwise; from both it becomes VOID, for
-- good. The part that the balance paid is recorded in the transaction that issues it.
--
-- Errors: restrict_violation: document % is final: correct it by another
-- Trigger: invoice_guarded on invoice
create or replace function guard_invoice() returns trigger language plpgsql as $$
declare
    moving text[] := array['state', 'paid_at', 'open_amount', 'voided_at', 'void_reason', 'net_rounded', 'rounding', 'total'];
begin
    if tg_op = 'UPDATE' then
        if old.created_in = pg_current_xact_id() then
            moving := moving || array['prepaid'];
        end if;
        if old.state <> 'VOID'
           and ((old.state, new.state) <> ('PAID', 'PAID') or new.paid_at = old.paid_at and new.prepaid <> old.prepaid)
           and (new.state = 'FINAL') = (new.open_amount > 0)
           and (new.state <> 'VOID' or new.paid_at is not distinct from old.paid_at)
           and to_jsonb(new) - moving = to_jsonb(old) - moving then
            return new;
        end if;
    end if;
    raise exception 'document % is final: correct it by another', old.number_text using errcode = 'restrict_violation';
end $$;
