--liquibase formatted sql

--changeset charging:refuse_pause_change runOnChange:true splitStatements:false
-- A pause never changes; only its end is recorded, once.
--
-- Errors: restrict_violation: charging of service % was paused as it was: that stays
-- Trigger: charge_pause_guarded on charge_pause
create or replace function refuse_pause_change() returns trigger language plpgsql as $$
begin
    if old.resumed_at is not null
       or new.resumed_at is null
       or (new.closed_id, new.service_id, new.paused_at) is distinct from (old.closed_id, old.service_id, old.paused_at) then
        raise exception 'charging of service % was paused as it was: that stays', old.service_id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
