--liquibase formatted sql

--changeset tax:refuse_rate_change runOnChange:true splitStatements:false
-- A tax rate never changes; only its withdrawal is recorded, once.
--
-- Errors: restrict_violation: tax rate % never changes: withdraw it before its day
-- Trigger: tax_rate_guarded on tax_rate
create or replace function refuse_rate_change() returns trigger language plpgsql as $$
begin
    if old.withdrawn_at is not null
       or new.withdrawn_at is null
       or (new.id, new.place, new.category, new.percent, new.from_day, new.recorded_at, new.recorded_by, new.parts)
          is distinct from (old.id, old.place, old.category, old.percent, old.from_day, old.recorded_at, old.recorded_by, old.parts) then
        raise exception 'tax rate % never changes: withdraw it before its day', old.id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
