-- Resellers may read only those platform tables whose rows are separated by row-level security, and views with the reader's rights, and write none.
with rights as (
  select c.relname, c.relrowsecurity or c.relkind = 'v' and 'security_invoker=true' = any (c.reloptions) as is_apart, a.privilege_type
    from pg_class c
   cross join aclexplode(c.relacl) a
    join pg_roles r on r.oid = a.grantee and r.rolname = 'tenantry_tenant'
   where c.relnamespace = current_schema()::regnamespace
   union all
  select c.relname, c.relrowsecurity or c.relkind = 'v' and 'security_invoker=true' = any (c.reloptions) as is_apart, a.privilege_type
    from pg_class c
    join pg_attribute t on t.attrelid = c.oid
   cross join aclexplode(t.attacl) a
    join pg_roles r on r.oid = a.grantee and r.rolname = 'tenantry_tenant'
   where c.relnamespace = current_schema()::regnamespace
)
select distinct null::uuid as wallet_id,
       format('resellers may %s %s%s', privilege_type, relname, case when is_apart then '' else ' of each other' end) as detail
  from rights
 where is_apart is not true
    or privilege_type <> 'SELECT'
