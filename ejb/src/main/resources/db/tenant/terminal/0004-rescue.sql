--liquibase formatted sql

--changeset terminal:0004
--comment A rescue system shows a key of its own: nobody is to be warned of it, and the server's own key is not to be forgotten over it.
alter table service_host_key add column system text not null default 'own';
alter table service_host_key drop constraint service_host_key_pk;
alter table service_host_key add constraint service_host_key_pk primary key (service_id, system);
comment on column service_host_key.system is 'own, or which rescue system of the server showed it, as service.rescue says: each start of one makes a key anew';
--rollback delete from service_host_key where system <> 'own'; alter table service_host_key drop constraint service_host_key_pk; alter table service_host_key drop column system; alter table service_host_key add constraint service_host_key_pk primary key (service_id);
