-- Every tenant has its schema and role, a deleted tenant has neither, and no tenant's role has rights outside its own schema and the shared work schema.
select null::uuid as wallet_id,
       format('tenant %s has no %s', t.slug, case when n.oid is null then 'schema' else 'role' end) as detail
  from platform.tenant t
  left join pg_namespace n on n.nspname = 't_' || replace(t.slug, '-', '_')
  left join pg_roles r on r.rolname = 'tn_' || replace(t.slug, '-', '_')
 where t.state not in ('CREATING', 'DELETING', 'DELETED')
   and (n.oid is null or r.oid is null)
union all
select null, format('tenant %s is deleted and still has its %s', t.slug, case when n.oid is null then 'role' else 'schema' end)
  from platform.tenant t
  left join pg_namespace n on n.nspname = 't_' || replace(t.slug, '-', '_')
  left join pg_roles r on r.rolname = 'tn_' || replace(t.slug, '-', '_')
 where t.state = 'DELETED'
   and (n.oid is not null or r.oid is not null)
union all
select distinct null::uuid, format('%s has rights in schema %s', r.rolname, n.nspname)
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
 cross join aclexplode(c.relacl) a
  join pg_roles r on r.oid = a.grantee
 where starts_with(r.rolname, 'tn_')
   and n.nspname <> 'work'
   and n.nspname <> 't_' || substr(r.rolname, 4)
