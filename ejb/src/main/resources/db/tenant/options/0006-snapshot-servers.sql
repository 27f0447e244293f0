--liquibase formatted sql

--changeset options:0006
--comment Of which server a snapshot was taken, by the number that it had then: what a vendor keeps apart stays there when the service has another server.
alter table service_option add column server_number text;
update service_option o
   set server_number = s.upstream_id
  from service s
 where s.id = o.service_id and o.kind = 'SNAPSHOT';
alter table service_option add constraint service_option_server_ck check (server_number is null or kind = 'SNAPSHOT');
comment on column service_option.server_number is 'of a snapshot: the vendor''s number of the server that it was taken of, which its service''s server may not have any more';
--rollback alter table service_option drop constraint service_option_server_ck; alter table service_option drop column server_number;
