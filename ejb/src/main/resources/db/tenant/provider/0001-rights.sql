--liquibase formatted sql

--changeset provider:0001
--comment Who may see at which vendors the reseller has accounts, and who may connect them. The platform keeps the same roles.
update role
   set permissions = permissions || array['staff_providers_view', 'staff_providers_manage']
 where code = 'staff_owner';
update role
   set permissions = permissions || array['staff_providers_view']
 where code in ('staff_billing', 'staff_support');
--rollback update role set permissions = array_remove(array_remove(permissions, 'staff_providers_view'), 'staff_providers_manage') where kind = 'STAFF';
