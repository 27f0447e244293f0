--liquibase formatted sql

--changeset settlement:guard_settlement runOnChange:true splitStatements:false
-- A settlement is final: only its state changes, from OPEN to PAID, and back when a payment is reversed.
--
-- Errors: restrict_violation: settlement % is final
-- Trigger: settlement_guarded on settlement
create or replace function guard_settlement() returns trigger language plpgsql as $$
declare
    moving constant text[] := array['state', 'paid_at', 'total', 'rounding', 'margin', 'tax', 'payable'];
begin
    if tg_op = 'UPDATE' then
        if (old.state, new.state) in (('OPEN', 'PAID'), ('PAID', 'OPEN')) and to_jsonb(new) - moving = to_jsonb(old) - moving then
            return new;
        end if;
    end if;
    raise exception 'settlement % is final', old.number_text using errcode = 'restrict_violation';
end $$;
