-- All tenants' schemas have the same tables, columns, constraints, indexes, triggers, views and functions.
with tenant_schema as (
  select n.oid, n.nspname as name
    from platform.tenant t
    join pg_namespace n on n.nspname = 't_' || replace(t.slug, '-', '_')
   where t.state in ('ACTIVE', 'SUSPENDED')
),
piece as (
  select s.name, format('column %s.%s %s%s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                        case when a.attnotnull then ' not null' else '' end,
                        replace(coalesce(pg_get_expr(d.adbin, d.adrelid), ''), s.name || '.', '')) as what
    from tenant_schema s
    join pg_class c on c.relnamespace = s.oid and c.relkind in ('r', 'p', 'v', 'm', 'S')
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
   union all
  select s.name, format('constraint %s.%s %s%s', c.relname, k.conname,
                        replace(pg_get_constraintdef(k.oid), s.name || '.', ''),
                        case when k.convalidated then '' else ' not valid' end)
    from tenant_schema s
    join pg_class c on c.relnamespace = s.oid
    join pg_constraint k on k.conrelid = c.oid
   union all
  select s.name, format('index %s%s', replace(pg_get_indexdef(i.indexrelid), s.name || '.', ''),
                        case when i.indisvalid then '' else ' invalid' end)
    from tenant_schema s
    join pg_class c on c.relnamespace = s.oid
    join pg_index i on i.indrelid = c.oid
   union all
  select s.name, format('trigger %s %s', replace(pg_get_triggerdef(t.oid), s.name || '.', ''), t.tgenabled)
    from tenant_schema s
    join pg_class c on c.relnamespace = s.oid
    join pg_trigger t on t.tgrelid = c.oid and not t.tgisinternal
   union all
  select s.name, format('view %s %s %s', c.relname, array_to_string(c.reloptions, ','), md5(replace(pg_get_viewdef(c.oid), s.name || '.', '')))
    from tenant_schema s
    join pg_class c on c.relnamespace = s.oid and c.relkind = 'v'
   union all
  select s.name, format('function %s(%s) %s', p.proname, pg_get_function_identity_arguments(p.oid),
                        md5(replace(p.prosrc, s.name || '.', '')))
    from tenant_schema s
    join pg_proc p on p.pronamespace = s.oid
),
spread as (
  select what, count(*) as there, array_agg(name) as names
    from piece
   group by what
),
everybody as (
  select count(*) as number from tenant_schema
)
select null::uuid as wallet_id,
       case when p.there * 2 <= e.number then format('only in %s: %s', array_to_string(p.names[1:5], ', '), p.what)
            else format('missing in %s: %s',
                        (select string_agg(s.name, ', ') from tenant_schema s where s.name <> all (p.names)), p.what)
            end as detail
  from spread p
 cross join everybody e
 where p.there < e.number
