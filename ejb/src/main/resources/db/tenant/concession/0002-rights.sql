--liquibase formatted sql

--changeset concession:0003
--comment Who decides on what others want to give up: owners and billing. It stands in every schema that has roles.
update role
   set permissions = permissions || array['staff_concessions_approve']
 where code in ('staff_owner', 'staff_billing');
--rollback update role set permissions = array_remove(permissions, 'staff_concessions_approve') where kind = 'STAFF';
