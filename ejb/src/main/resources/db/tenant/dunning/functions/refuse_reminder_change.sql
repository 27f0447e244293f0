--liquibase formatted sql

--changeset dunning:refuse_reminder_change runOnChange:true splitStatements:false
-- A reminder never changes; only its end is recorded, once.
--
-- Errors: restrict_violation: reminder % was given: it stays as it is
-- Trigger: dunning_reminder_guarded on dunning_reminder
create or replace function refuse_reminder_change() returns trigger language plpgsql as $$
begin
    if old.over_at is not null
       or (new.id, new.wallet_id, new.hours, new.version, new.notified_at, new.currency, new.balance, new.hourly_cost, new.mail_keys)
          is distinct from
          (old.id, old.wallet_id, old.hours, old.version, old.notified_at, old.currency, old.balance, old.hourly_cost, old.mail_keys) then
        raise exception 'reminder % was given: it stays as it is', old.id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
