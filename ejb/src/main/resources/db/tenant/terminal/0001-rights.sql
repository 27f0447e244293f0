--liquibase formatted sql

--changeset terminal:0001
--comment Who manages servers may also open their consoles. The platform keeps the same roles.
update role
   set permissions = permissions || array['vps_console']
 where kind = 'ORGANIZATION'
   and 'vps_manage' = any (permissions);
--rollback update role set permissions = array_remove(permissions, 'vps_console') where kind = 'ORGANIZATION';
