-- Only the owner, the tenant's role and the read-only auditor have rights in the tenant's schema, and no other role can become the tenant's role.
with own as (
  select n.oid, n.nspname, n.nspowner, n.nspacl, (select r.oid from pg_roles r where r.rolname = 'tn_' || substr(n.nspname, 3)) as role
    from pg_namespace n
   where n.nspname = current_schema()
),
rights as (
  select 'schema' as what, o.nspowner as owner, coalesce(o.nspacl, acldefault('n', o.nspowner)) as acl
    from own o
   union all
  select c.relname, c.relowner, c.relacl
    from own o
    join pg_class c on c.relnamespace = o.oid
   union all
  select c.relname || '.' || a.attname, c.relowner, a.attacl
    from own o
    join pg_class c on c.relnamespace = o.oid
    join pg_attribute a on a.attrelid = c.oid and a.attacl is not null
   union all
  select p.proname || '()', p.proowner, coalesce(p.proacl, acldefault('f', p.proowner))
    from own o
    join pg_proc p on p.pronamespace = o.oid
)
select null::uuid as wallet_id,
       format('%s may %s %s', coalesce(g.rolname, 'everybody'), e.privilege_type, r.what) as detail
  from rights r
 cross join own o
 cross join aclexplode(r.acl) e
  left join pg_roles g on g.oid = e.grantee
 where e.grantee not in (r.owner, o.nspowner)
   and e.grantee is distinct from o.role
   and (g.rolname is distinct from 'tenantry_auditor' or e.privilege_type not in ('SELECT', 'USAGE'))
union all
select null, format('%s is a member of the tenant''s role', g.rolname)
  from own o
  join pg_auth_members m on m.roleid = o.role
  join pg_roles g on g.oid = m.member
 where g.rolname <> 'tenantry'
   and g.oid <> o.nspowner
