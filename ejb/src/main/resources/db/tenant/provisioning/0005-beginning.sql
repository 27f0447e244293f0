--liquibase formatted sql

--changeset service:0005
create table service_beginning (
    service_id uuid not null,
    image text not null,
    key_names text[] not null,
    keys text[] not null,
    script_name text,
    script text,
    constraint service_beginning_pk primary key (service_id),
    constraint service_beginning_service_fk foreign key (service_id) references service (id),
    constraint service_beginning_keys_ck check (cardinality(key_names) = cardinality(keys)),
    constraint service_beginning_script_ck check ((script is null) = (script_name is null))
);
comment on table service_beginning is 'what was chosen for the first start of a server, as it was when the server was ordered; image: the reseller''s name of it, empty for the usual one; script: with what was filled in';
--rollback drop table service_beginning;
