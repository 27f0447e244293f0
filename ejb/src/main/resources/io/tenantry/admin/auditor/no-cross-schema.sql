-- No foreign key, view, trigger or function connects the tenant's schema to another. Checked from the tenant's side, so that the schemas of others cost nothing.
with own as materialized (
  select current_schema()::regnamespace::oid as oid
),
relation as materialized (
  select oid from pg_class where relnamespace = (select oid from own) and relkind in ('r', 'p', 'v', 'm')
),
routine as materialized (
  select oid from pg_proc where pronamespace = (select oid from own)
),
ties as (
  -- What the tenant's asks of others.
  select k.conrelid as asking, null::oid as routine, k.confrelid as relation, null::oid as called, format('foreign key %s', k.conname) as what
    from relation r
    join pg_constraint k on k.conrelid = r.oid and k.contype = 'f'
   union all
  select w.ev_class, null, d.refobjid, null, format('view %s', w.ev_class::regclass)
    from relation r
    join pg_rewrite w on w.ev_class = r.oid
    join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass
   union all
  select t.tgrelid, null, null, t.tgfoid, format('trigger %s', t.tgname)
    from relation r
    join pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal
   union all
  select null, d.objid, d.refobjid, null, format('function %s', d.objid::regproc)
    from routine f
    join pg_depend d on d.classid = 'pg_proc'::regclass and d.objid = f.oid and d.refclassid = 'pg_class'::regclass
   union all
  -- What others ask of the tenant's.
  select k.conrelid, null, k.confrelid, null, format('foreign key %s', k.conname)
    from relation r
    join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = r.oid and d.classid = 'pg_constraint'::regclass
    join pg_constraint k on k.oid = d.objid and k.contype = 'f'
   union all
  select w.ev_class, null, d.refobjid, null, format('view %s', w.ev_class::regclass)
    from relation r
    join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = r.oid and d.classid = 'pg_rewrite'::regclass
    join pg_rewrite w on w.oid = d.objid
   union all
  select t.tgrelid, null, null, t.tgfoid, format('trigger %s', t.tgname)
    from routine f
    join pg_depend d on d.refclassid = 'pg_proc'::regclass and d.refobjid = f.oid and d.classid = 'pg_trigger'::regclass
    join pg_trigger t on t.oid = d.objid and not t.tgisinternal
   union all
  select null, d.objid, d.refobjid, null, format('function %s', d.objid::regproc)
    from relation r
    join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = r.oid and d.classid = 'pg_proc'::regclass
)
select distinct null::uuid as wallet_id, format('%s ties %s to %s', t.what, a.nspname, b.nspname) as detail
  from ties t
  left join pg_class asking on asking.oid = t.asking
  left join pg_proc asker on asker.oid = t.routine
  left join pg_class asked on asked.oid = t.relation
  left join pg_proc called on called.oid = t.called
  join pg_namespace a on a.oid = coalesce(asking.relnamespace, asker.pronamespace)
  join pg_namespace b on b.oid = coalesce(asked.relnamespace, called.pronamespace)
 where a.oid <> b.oid
   and 'pg_catalog' not in (a.nspname, b.nspname)
