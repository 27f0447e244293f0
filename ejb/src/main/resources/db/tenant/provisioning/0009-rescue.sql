--liquibase formatted sql

--changeset operating:0002
--comment Servers that are in the vendor's rescue system, or on the way into it or out of it.
alter table service add column rescue uuid;
alter table service add constraint service_rescue_ck check (rescue is null or account is not null);
comment on column service.rescue is 'the wish by which its server is in the vendor''s rescue system, as far as we know; null while it runs its own';
alter table service drop constraint service_changing_ck;
alter table service add constraint service_changing_ck check (
    changing is null or changing in ('RESIZE', 'REBUILD', 'RESCUE', 'RETURN') and account is not null and power_wanted is distinct from 'RESTART');

alter table service_wish drop constraint service_wish_kind_ck;
alter table service_wish add constraint service_wish_kind_ck check (
    kind = 'RESIZE' and plan_id is not null and price_version_id is not null and upstream_size is not null
        and upstream_image is null and image is null and keys is null and script is null
    or kind = 'REBUILD' and plan_id is null and price_version_id is null and upstream_size is null
        and upstream_image is not null and image is not null and keys is not null and key_names is not null
    or kind in ('RESCUE', 'RETURN') and plan_id is null and price_version_id is null and upstream_size is null
        and upstream_image is null and image is null and script is null
        and (kind = 'RESCUE') = (keys is not null) and (kind = 'RESCUE') = (key_names is not null));
comment on table service_wish is 'another size, a new beginning, or the way into or out of the rescue system of a server, as it was accepted when it was asked for; gone when it is done or given up; its key is that of its work item; times are real ones';
--rollback delete from service_wish where kind in ('RESCUE', 'RETURN'); update service set changing = null where changing in ('RESCUE', 'RETURN'); alter table service drop constraint service_changing_ck, add constraint service_changing_ck check (changing is null or changing in ('RESIZE', 'REBUILD') and account is not null and power_wanted is distinct from 'RESTART'); alter table service_wish drop constraint service_wish_kind_ck, add constraint service_wish_kind_ck check (kind = 'RESIZE' and plan_id is not null and price_version_id is not null and upstream_size is not null and upstream_image is null and image is null and keys is null and script is null or kind = 'REBUILD' and plan_id is null and price_version_id is null and upstream_size is null and upstream_image is not null and image is not null and keys is not null and key_names is not null); alter table service drop column rescue;
