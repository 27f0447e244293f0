--liquibase formatted sql

--changeset pricing:0007
--comment A version that was announced for later can be withdrawn before it takes effect: nothing has been charged by it.
alter table price_list_version add column withdrawn_at timestamptz;
alter table price_list_version add column withdrawn_by text;
alter table price_list_version drop constraint price_list_version_state_ck;
alter table price_list_version add constraint price_list_version_state_ck check (state in ('DRAFT', 'PUBLISHED', 'WITHDRAWN'));
alter table price_list_version drop constraint price_list_version_published_ck;
alter table price_list_version add constraint price_list_version_published_ck check (
    state = 'DRAFT' and num_nonnulls(valid_from, published_at, published_by) = 0
    or state <> 'DRAFT' and num_nonnulls(valid_from, published_at, published_by) = 3 and valid_from >= published_at);
alter table price_list_version add constraint price_list_version_withdrawn_ck check (
    state <> 'WITHDRAWN' and num_nonnulls(withdrawn_at, withdrawn_by) = 0
    or state = 'WITHDRAWN' and num_nonnulls(withdrawn_at, withdrawn_by) = 2 and withdrawn_at >= published_at and withdrawn_at < valid_from);
comment on table price_list_version is 'all prices of a list from an instant on; a draft can be changed, a published version never, but for being withdrawn before it takes effect: from the same instant the one with the greater number holds, and valid_from is not before it was published, so that no hour that has begun changes its price';
--rollback alter table price_list_version drop constraint price_list_version_withdrawn_ck; alter table price_list_version drop constraint price_list_version_published_ck; alter table price_list_version add constraint price_list_version_published_ck check (state = 'DRAFT' and num_nonnulls(valid_from, published_at, published_by) = 0 or state = 'PUBLISHED' and num_nonnulls(valid_from, published_at, published_by) = 3 and valid_from >= published_at); alter table price_list_version drop constraint price_list_version_state_ck; alter table price_list_version add constraint price_list_version_state_ck check (state in ('DRAFT', 'PUBLISHED')); alter table price_list_version drop column withdrawn_by; alter table price_list_version drop column withdrawn_at;

--changeset pricing:0008 splitStatements:false
--comment Of a published version nothing changes but that it is withdrawn; a withdrawn one never changes.
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
--rollback create or replace function guard_price_list_version() returns trigger language plpgsql as $$
--rollback begin
--rollback     if old.state <> 'DRAFT' then
--rollback         raise exception 'version % of a price list is published', old.number using errcode = 'restrict_violation';
--rollback     end if;
--rollback     if tg_op = 'DELETE' then
--rollback         return old;
--rollback     end if;
--rollback     if (new.id, new.list_id, new.number) is distinct from (old.id, old.list_id, old.number) then
--rollback         raise exception 'version % of a price list keeps what it is', old.number using errcode = 'restrict_violation';
--rollback     end if;
--rollback     return new;
--rollback end $$;
