-- No foreign key, view, trigger or function ties the tenant's schema to another.
with own as (
  select oid from pg_namespace where nspname = current_schema()
),
ties as (
  select f.relnamespace as one, t.relnamespace as other, format('foreign key %s', c.conname) as what
    from pg_constraint c
    join pg_class f on f.oid = c.conrelid
    join pg_class t on t.oid = c.confrelid
   where c.contype = 'f'
   union all
  select v.relnamespace, t.relnamespace, format('view %s', v.relname)
    from pg_depend d
    join pg_rewrite w on w.oid = d.objid
    join pg_class v on v.oid = w.ev_class
    join pg_class t on t.oid = d.refobjid
   where d.classid = 'pg_rewrite'::regclass
     and d.refclassid = 'pg_class'::regclass
   union all
  select c.relnamespace, p.pronamespace, format('trigger %s', t.tgname)
    from pg_trigger t
    join pg_class c on c.oid = t.tgrelid
    join pg_proc p on p.oid = t.tgfoid
   where not t.tgisinternal
   union all
  select p.pronamespace, t.relnamespace, format('function %s', p.proname)
    from pg_depend d
    join pg_proc p on p.oid = d.objid
    join pg_class t on t.oid = d.refobjid
   where d.classid = 'pg_proc'::regclass
     and d.refclassid = 'pg_class'::regclass
)
select distinct null::uuid as wallet_id, format('%s ties %s to %s', t.what, a.nspname, b.nspname) as detail
  from ties t
 cross join own o
  join pg_namespace a on a.oid = t.one
  join pg_namespace b on b.oid = t.other
 where t.one <> t.other
   and o.oid in (t.one, t.other)
   and 'pg_catalog' not in (a.nspname, b.nspname)
