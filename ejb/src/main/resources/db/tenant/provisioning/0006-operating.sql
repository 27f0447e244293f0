--liquibase formatted sql

--changeset operating:0001
--comment What is wanted of a server besides its power, what protects it, what its organization notes of it, and its addresses' names.
alter table service add column changing text;
alter table service add constraint service_changing_ck check (
    changing is null or changing in ('RESIZE', 'REBUILD') and account is not null and power_wanted is null);
comment on column service.changing is 'what was asked of its server and is not done yet, as service_wish says; a work item sees to it; nothing else is asked of it meanwhile';
alter table service add column locked boolean not null default false;
comment on column service.locked is 'whether it cannot be ended until somebody unlocks it';
alter table service add column note text not null default '';
alter table service add constraint service_note_ck check (length(note) <= 8000);
comment on column service.note is 'what its organization notes of it, in Markdown';

create table service_wish (
    id uuid not null,
    service_id uuid not null,
    kind text not null,
    wanted_at timestamptz not null default clock_timestamp(),
    plan_id uuid,
    price_version_id uuid,
    upstream_size text,
    upstream_image text,
    image text,
    key_names text[],
    keys text[],
    script_name text,
    script text,
    constraint service_wish_pk primary key (id),
    constraint service_wish_service_uq unique (service_id),
    constraint service_wish_service_fk foreign key (service_id) references service (id),
    constraint service_wish_plan_fk foreign key (plan_id) references plan (id),
    constraint service_wish_price_fk foreign key (price_version_id) references price_version (id),
    constraint service_wish_kind_ck check (
        kind = 'RESIZE' and plan_id is not null and price_version_id is not null and upstream_size is not null
            and upstream_image is null and image is null and keys is null and script is null
        or kind = 'REBUILD' and plan_id is null and price_version_id is null and upstream_size is null
            and upstream_image is not null and image is not null and keys is not null and key_names is not null),
    constraint service_wish_keys_ck check (cardinality(key_names) = cardinality(keys)),
    constraint service_wish_script_ck check ((script is null) = (script_name is null))
);
comment on table service_wish is 'another size or a new beginning of a server, as it was accepted when it was asked for; gone when it is done or given up; its key is that of its work item; times are real ones';

create table service_address (
    service_id uuid not null,
    address text not null,
    position integer not null default 0,
    hostname text not null default '',
    wanted text,
    constraint service_address_pk primary key (service_id, address),
    constraint service_address_service_fk foreign key (service_id) references service (id),
    constraint service_address_names_ck check (length(hostname) <= 253 and length(wanted) <= 253)
);
comment on table service_address is 'addresses of servers as vendors told them; hostname: the name that we gave the address there, empty for the vendor''s own; wanted: the name that it is to have, until a work item has seen to it';

alter table provider_call drop constraint provider_call_step_ck;
alter table provider_call add constraint provider_call_step_ck check (step ~ '^[A-Z][A-Z_]*$');
--rollback alter table provider_call drop constraint provider_call_step_ck, add constraint provider_call_step_ck check (step in ('CREATE', 'DELETE', 'POWER')); drop table service_address; drop table service_wish; alter table service drop column note, drop column locked, drop column changing;
