--liquibase formatted sql

--changeset invoicing:guard_invoice runOnChange:true splitStatements:false
-- A document is final: only its state changes, from FINAL to PAID and from either to VOID.
--
-- Errors: restrict_violation: document % is final: correct it by another
-- Trigger: invoice_guarded on invoice
create or replace function guard_invoice() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if (old.state, new.state) in (('FINAL', 'PAID'), ('FINAL', 'VOID'), ('PAID', 'VOID'))
           and (old.paid_at is null or new.paid_at = old.paid_at)
           and to_jsonb(new) - array['state', 'paid_at', 'voided_at', 'void_reason', 'net_rounded', 'rounding', 'total']
               = to_jsonb(old) - array['state', 'paid_at', 'voided_at', 'void_reason', 'net_rounded', 'rounding', 'total'] then
            return new;
        end if;
    end if;
    raise exception 'document % is final: correct it by another', old.number_text using errcode = 'restrict_violation';
end $$;
