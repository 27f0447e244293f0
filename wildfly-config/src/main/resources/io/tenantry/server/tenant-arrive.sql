-- A tenant whose dump was restored here is let in: what tenant-leave.sql packed is unpacked into the shared schemas, with numbers
-- of this database, and the portal opens. All or nothing. Also lets a tenant stay where it was, if it was not to leave after all.
-- The whole way is in docs/operations.md, "One tenant alone".
--
-- As a superuser:
--   psql -d tenantry -v tenant=... -f tenant-arrive.sql

\set ON_ERROR_STOP on

select set_config('tenantry.tenant', :'tenant', false) as tenant;

do $$
declare
    wanted text := current_setting('tenantry.tenant');
    home text := 't_' || replace(wanted, '-', '_');
    own text := 'tn_' || replace(wanted, '-', '_');
    here text;
    arriving text;
    cell_version text;
    cell_changes text[];
    why text;
    found_there text;
begin
    perform set_config('role', 'tenantry_admin', true), set_config('search_path', quote_ident(home), true);
    select t.state into here from platform.tenant t where t.slug = wanted for update;
    if here <> 'MOVING' then
        raise exception 'a tenant "%" is here already', wanted;
    end if;
    if to_regclass(quote_ident(home) || '.moved_run') is null then
        raise exception 'nothing is packed in schema %: run tenant-leave.sql where the tenant is, and restore its dump here', home;
    end if;
    select m.state into arriving from moved_tenant m where m.slug = wanted and m.left_at is not null;
    if arriving is null then
        raise exception 'tenant-leave.sql had not ended when schema % was dumped: let it end, and dump again', home;
    end if;

    -- Is it as it should be?
    if not exists (select from pg_namespace n where n.nspname = home and pg_get_userbyid(n.nspowner) = 'tenantry_admin') then
        raise exception 'schema % does not belong to tenantry_admin: drop it and restore it with --no-owner --role=tenantry_admin', home;
    end if;
    if not exists (select from pg_roles where rolname = own) or not has_schema_privilege(own, home, 'usage') then
        raise exception 'schema % came without the rights of its tenant: drop it, run tenant-expect.sql, and restore it with its privileges', home;
    end if;
    select string_agg(h.host || ' (' || h.tenant || ')', ', ') into found_there
      from platform.tenant_host h join moved_host m on m.host = h.host where h.tenant <> wanted;
    if found_there is not null then
        raise exception 'hosts are taken here: %', found_there;
    end if;

    -- Does the application know it?
    select c.version, c.changes into cell_version, cell_changes from platform.cell c where c.name = 'main';
    if cell_changes is null then
        raise exception 'the application has not started on this database yet: start it once, and run this again';
    end if;
    select string_agg(d.author || ':' || d.id, ', ') into found_there
      from databasechangelog d where d.author || ':' || d.id <> all (cell_changes);
    if found_there is not null then
        raise exception 'schema % is of a newer version than the application here, which does not know: %', home, found_there;
    end if;
    if obj_description(to_regnamespace(quote_ident(home)), 'pg_namespace') is distinct from cell_version then
        if arriving = 'SUSPENDED' then
            raise exception 'tenant "%" is suspended and of an older version: bring the application it comes from up to date first', wanted;
        end if;
        arriving := 'MAINTENANCE';
        why := 'arrived with a schema of an older version; the next start of a node brings it up to date and opens it';
        raise notice 'tenant "%" %', wanted, why;
    end if;

    -- Unpacked. Runs and slices get numbers of this database.
    if here is null then
        insert into platform.tenant (slug, name, state, currency, zone, locale, created_at)
        select m.slug, m.name, 'MOVING', m.currency, m.zone, m.locale, m.created_at from moved_tenant m where m.slug = wanted;
        insert into platform.tenant_host (host, tenant, is_primary) select m.host, wanted, m.is_primary from moved_host m;
        -- Which transaction wrote an entry was a number of the other server, and could come again here.
        alter table journal_entry disable trigger journal_entry_immutable;
        update journal_entry set created_in = '1';
        alter table journal_entry enable trigger journal_entry_immutable;
    end if;
    delete from work.charging_run r where r.tenant = wanted;
    insert into work.charging_run (tenant, tenant_role, until, state, slices, opened_at, ended_at, attempts, error, retry_at)
    select m.tenant, m.tenant_role, m.until, m.state, m.slices, m.opened_at, m.ended_at, m.attempts, m.error, m.retry_at
      from moved_run m order by m.id;
    insert into work.charging_slice (run_id, tenant_role, no, after_wallet, to_wallet, wallets_planned, state, node, fence,
                                     lease_until, attempts, retry_at, error, wallets, services, hours, amounts, started_at,
                                     ended_at)
    select r.id, m.tenant_role, m.no, m.after_wallet, m.to_wallet, m.wallets_planned, m.state, m.node, m.fence,
           m.lease_until, m.attempts, m.retry_at, m.error, m.wallets, m.services, m.hours, m.amounts, m.started_at, m.ended_at
      from moved_slice m
      join moved_run o on o.id = m.run_id
      join work.charging_run r on r.tenant = o.tenant and r.until = o.until
     order by m.id;
    delete from work.invoicing_run r where r.tenant = wanted;
    if to_regclass(quote_ident(home) || '.moved_invoicing') is not null then
        insert into work.invoicing_run (tenant, tenant_role, month, period_to, due_at, state, node, fence, lease_until, attempts,
                                        retry_at, error, after_wallet, wallets_planned, wallets, documents, lines, net,
                                        waiting, opened_at, started_at, ended_at)
        select m.tenant, m.tenant_role, m.month, m.period_to, m.due_at, m.state, m.node, m.fence, m.lease_until, m.attempts,
               m.retry_at, m.error, m.after_wallet, m.wallets_planned, m.wallets, m.documents, m.lines, m.net,
               m.waiting, m.opened_at, m.started_at, m.ended_at
          from moved_invoicing m order by m.id;
        drop table moved_invoicing;
    end if;
    delete from work.work_item i where i.tenant = wanted;
    if to_regclass(quote_ident(home) || '.moved_work') is not null then
        insert into work.work_item (tenant, tenant_role, kind, key, subject, state, written_at, due_at, attempts, node, fence,
                                    lease_until, claimed_at, error, parked_at, parked_reason, ended_at, ended_reason)
        select m.tenant, m.tenant_role, m.kind, m.key, m.subject, m.state, m.written_at, m.due_at, m.attempts, m.node, m.fence,
               m.lease_until, m.claimed_at, m.error, m.parked_at, m.parked_reason, m.ended_at, m.ended_reason
          from moved_work m order by m.id;
        drop table moved_work;
    end if;
    drop table moved_slice, moved_run, moved_host, moved_tenant;
    execute format('grant %I to tenantry', own);
    update platform.tenant t set state = arriving, fault = why where t.slug = wanted;
end $$;
