-- A tenant leaves this database for another: its portal closes, what is at work with it ends, and what the shared schemas know
-- of it is packed into its own schema (tables moved_...), so that one pg_dump of that schema is all of it. Nobody charges it and
-- nobody starts it again until tenant-arrive.sql has run, there or here. May be run again at any time.
-- The whole way is in docs/operations.md, "One tenant alone".
--
-- As a superuser:
--   psql -d tenantry -v tenant=... -f tenant-leave.sql

\set ON_ERROR_STOP on

select set_config('tenantry.tenant', :'tenant', false) as tenant;

-- Waits until whoever may still believe that the tenant is here has ended.
create or replace function pg_temp.settle(pause double precision) returns void language plpgsql as $$
declare
    since timestamptz;
    busy text;
begin
    perform pg_sleep(pause);
    since := clock_timestamp();
    loop
        perform pg_stat_clear_snapshot();
        select string_agg(pid::text, ', ') into busy
          from pg_stat_activity
         where datname = current_database() and usename = 'tenantry' and xact_start < since;
        exit when busy is null;
        if clock_timestamp() > since + interval '5 minutes' then
            raise exception 'transactions of the application are still open after five minutes (processes %): end them and run this again', busy;
        end if;
        perform pg_sleep(0.05);
    end loop;
end $$;

-- Closed: a node knows within a second.
do $$
declare
    wanted text := current_setting('tenantry.tenant');
    home text := 't_' || replace(wanted, '-', '_');
    known text;
begin
    perform set_config('role', 'tenantry_admin', true), set_config('search_path', quote_ident(home), true);
    select t.state into known from platform.tenant t where t.slug = wanted for update;
    if known is null then
        raise exception 'there is no tenant "%" here', wanted;
    end if;
    if known not in ('ACTIVE', 'SUSPENDED', 'MOVING') then
        raise exception 'tenant "%" is %: only one that is active or suspended can leave', wanted, known;
    end if;
    if known <> 'MOVING' then
        create table moved_tenant (slug text, name text, state text, currency char(3), zone text, locale text, created_at timestamptz,
                                   left_at timestamptz);
        insert into moved_tenant
        select t.slug, t.name, t.state, t.currency, t.zone, t.locale, t.created_at from platform.tenant t where t.slug = wanted;
        create table moved_host (host text, is_primary boolean);
        insert into moved_host select h.host, h.is_primary from platform.tenant_host h where h.tenant = wanted;
        update platform.tenant t set state = 'MOVING' where t.slug = wanted;
    end if;
end $$;

select pg_temp.settle(1.2);

-- Packed: a worker in the middle of a slice finds it gone and leaves off. Locked in the order in which workers lock.
do $$
declare
    wanted text := current_setting('tenantry.tenant');
    home text := 't_' || replace(wanted, '-', '_');
begin
    perform set_config('role', 'tenantry_admin', true), set_config('search_path', quote_ident(home), true);
    if to_regclass(quote_ident(home) || '.moved_run') is null then
        perform from work.charging_slice s
          where s.run_id in (select r.id from work.charging_run r where r.tenant = wanted) order by s.id for update;
        perform from work.charging_run r where r.tenant = wanted order by r.id for update;
        create table moved_slice (like work.charging_slice);
        with gone as (
          delete from work.charging_slice s using work.charging_run r where r.id = s.run_id and r.tenant = wanted returning s.*
        )
        insert into moved_slice select * from gone;
        create table moved_run (like work.charging_run);
        with gone as (delete from work.charging_run r where r.tenant = wanted returning r.*)
        insert into moved_run select * from gone;
    end if;
    if to_regclass(quote_ident(home) || '.moved_invoicing') is null then
        perform from work.invoicing_run r where r.tenant = wanted order by r.id for update;
        create table moved_invoicing (like work.invoicing_run);
        with gone as (delete from work.invoicing_run r where r.tenant = wanted returning r.*)
        insert into moved_invoicing select * from gone;
    end if;
    create table if not exists moved_work (like work.work_item);
    with gone as (delete from work.work_item i where i.tenant = wanted returning i.*)
    insert into moved_work select * from gone;
end $$;

select pg_temp.settle(0.3);

-- Locked: from now on the application cannot become this tenant. A run that a late node opened meanwhile is empty.
do $$
declare
    wanted text := current_setting('tenantry.tenant');
begin
    perform set_config('role', 'tenantry_admin', true);
    execute format('revoke %I from tenantry', 'tn_' || replace(wanted, '-', '_'));
    delete from work.charging_run r where r.tenant = wanted;
    delete from work.invoicing_run r where r.tenant = wanted;
end $$;

select pg_temp.settle(0);

-- Left: nobody can have written since. What a late node decided meanwhile comes along.
do $$
declare
    wanted text := current_setting('tenantry.tenant');
begin
    perform set_config('role', 'tenantry_admin', true),
            set_config('search_path', quote_ident('t_' || replace(wanted, '-', '_')), true);
    with gone as (delete from work.work_item i where i.tenant = wanted returning i.*)
    insert into moved_work select * from gone;
    execute format('update %I.moved_tenant set left_at = coalesce(left_at, clock_timestamp())',
                   't_' || replace(current_setting('tenantry.tenant'), '-', '_'));
end $$;
