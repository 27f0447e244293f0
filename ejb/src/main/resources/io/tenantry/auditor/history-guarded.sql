-- The guards of history are up: the ledger's triggers are enabled, and the tenant's role can change no append-only table.
select null::uuid as wallet_id,
       format('trigger %s is %s', g.name, case when t.tgname is null then 'missing' else 'disabled' end) as detail
  from (values ('journal_entry', 'journal_entry_balanced'), ('posting', 'posting_complete'),
               ('journal_entry', 'journal_entry_immutable'), ('posting', 'posting_immutable'),
               ('price_version', 'price_version_immutable')) as g (relation, name)
  left join pg_class c on c.relname = g.relation and c.relnamespace = current_schema()::regnamespace
  left join pg_trigger t on t.tgrelid = c.oid and t.tgname = g.name
 where t.tgname is null
    or t.tgenabled not in ('O', 'A')
union all
select null, format('%s may %s %s', r.rolname, a.privilege_type, c.relname)
  from pg_class c
 cross join aclexplode(c.relacl) a
  join pg_roles r on r.oid = a.grantee and r.rolname = 'tn_' || substr(current_schema(), 3)
 where c.relnamespace = current_schema()::regnamespace
   and c.relkind in ('r', 'p')
   and obj_description(c.oid, 'pg_class') like 'append-only%'
   and a.privilege_type not in ('SELECT', 'INSERT')
