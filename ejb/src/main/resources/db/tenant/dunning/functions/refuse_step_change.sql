--liquibase formatted sql

--changeset dunning:refuse_step_change runOnChange:true splitStatements:false
-- A step taken never changes, including its turn and its fee; only the delivery of its emails is recorded, once.
--
-- Errors: restrict_violation: step % of dunning was taken: it stays as it is
-- Trigger: dunning_step_guarded on dunning_step
create or replace function refuse_step_change() returns trigger language plpgsql as $$
begin
    if old.reached_at is not null
       or (new.id, new.case_id, new.action, new.nth, new.turn, new.version, new.taken_at, new.currency, new.shortfall, new.mail_keys, new.fee, new.fee_entry_id)
          is distinct from
          (old.id, old.case_id, old.action, old.nth, old.turn, old.version, old.taken_at, old.currency, old.shortfall, old.mail_keys, old.fee, old.fee_entry_id) then
        raise exception 'step % of dunning was taken: it stays as it is', old.id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
