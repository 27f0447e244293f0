--liquibase formatted sql

--changeset dunning:refuse_step_change runOnChange:true splitStatements:false
-- A step taken never changes, including its turn and its fee; only the delivery of its emails is recorded, once.
--
-- Errors: restrict_violation: step % of dunning was taken: it stays as it is
-- Trigger: dunning_step_kept on dunning_step
create or replace function refuse_step_change() returns trigger language plpgsql as $$
begin
    if old.reached_at is not null
       or (new.id, new.episode_id, new.act, new.nth, new.turn, new.version, new.taken_at, new.currency, new.missing, new.letters, new.fee, new.fee_entry_id)
          is distinct from
          (old.id, old.episode_id, old.act, old.nth, old.turn, old.version, old.taken_at, old.currency, old.missing, old.letters, old.fee, old.fee_entry_id) then
        raise exception 'step % of dunning was taken: it stays as it is', old.id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
