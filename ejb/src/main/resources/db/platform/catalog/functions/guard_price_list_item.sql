--liquibase formatted sql

--changeset pricing:guard_price_list_item runOnChange:true splitStatements:false
-- Prices of a published version never change.
--
-- Errors: restrict_violation: prices of a published version cannot be changed
-- Trigger: price_list_item_guarded on price_list_item
create or replace function guard_price_list_item() returns trigger language plpgsql set search_path from current as $$
begin
    if exists (select from price_list_version v
                where v.id in (case when tg_op <> 'INSERT' then old.version_id end, case when tg_op <> 'DELETE' then new.version_id end)
                  and v.state <> 'DRAFT') then
        raise exception 'prices of a published version cannot be changed' using errcode = 'restrict_violation';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
