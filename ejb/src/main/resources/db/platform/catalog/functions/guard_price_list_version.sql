--liquibase formatted sql

--changeset pricing:guard_price_list_version runOnChange:true splitStatements:false
-- A published version can only change by being withdrawn; a withdrawn one never changes.
--
-- Errors: restrict_violation: version % of a price list is published
--         restrict_violation: version % of a price list keeps what it is
-- Trigger: price_list_version_guarded on price_list_version
create or replace function guard_price_list_version() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.state = 'PUBLISHED' and new.state = 'WITHDRAWN'
       and (new.id, new.list_id, new.number, new.note, new.valid_from, new.created_at, new.created_by, new.published_at, new.published_by)
           is not distinct from
           (old.id, old.list_id, old.number, old.note, old.valid_from, old.created_at, old.created_by, old.published_at, old.published_by) then
        return new;
    end if;
    if old.state <> 'DRAFT' then
        raise exception 'version % of a price list is published', old.number using errcode = 'restrict_violation';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    if (new.id, new.list_id, new.number) is distinct from (old.id, old.list_id, old.number) or new.state = 'WITHDRAWN' then
        raise exception 'version % of a price list keeps what it is', old.number using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
