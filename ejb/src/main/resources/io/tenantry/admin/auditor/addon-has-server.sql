-- Nothing is charged for an add-on whose server is not active yet or never was; backups and additional addresses are charged only while the server exists, and a snapshot that is deleted with its server or its backups only while those exist.
select o.wallet_id,
       format('add-on %s (%s%s) is charged, and service %s is %s, %s', o.id, o.kind, coalesce(', ' || o.retention, ''), s.id, s.state,
              case when b.id is null then 'without backups' else 'with backups' end) as detail
  from addon o
  join service s on s.id = o.service_id
  left join addon b on b.service_id = s.id and b.kind = 'BACKUP' and b.state = 'ACTIVE'
 where o.state = 'ACTIVE'
   and ((o.kind in ('BACKUP', 'ADDRESS') or o.retention in ('WITH_SERVER', 'WITH_BACKUPS')) and s.state in ('TERMINATING', 'TERMINATED', 'FAILED')
        or s.state in ('ORDERED', 'PROVISIONING', 'UNKNOWN', 'FAILED')
        or o.retention = 'WITH_BACKUPS' and b.id is null)
