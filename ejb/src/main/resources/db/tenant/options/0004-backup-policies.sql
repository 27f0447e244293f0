--liquibase formatted sql

--changeset options:0004
--comment Backups as often as customers choose, each at a price of its own.
alter table option_price add column policy text;
alter table option_price add constraint option_price_policy_ck check (
    policy is null or kind = 'BACKUP' and policy in ('DAILY', 'WEEKLY'));
alter table option_price drop constraint option_price_version_uq;
alter table option_price drop constraint option_price_from_uq;
create unique index option_price_version_uq on option_price (kind, coalesce(policy, ''), version);
create unique index option_price_from_uq on option_price (kind, coalesce(policy, ''), valid_from);
comment on column option_price.policy is 'of backups that are taken as often as that; without one, of those of vendors that let nobody choose, and of each policy that never had a price of its own';

alter table service_option add column policy text;
alter table service_option add column wanted_policy text;
alter table service_option drop constraint service_option_wanted_ck;
alter table service_option drop constraint service_option_grow_ck;
alter table service_option add constraint service_option_wanted_ck check (
    wanted is null
    or state = 'ACTIVE'
       and (kind = 'VOLUME' and wanted in ('ATTACH', 'DETACH', 'GROW')
            or kind in ('BACKUP', 'SNAPSHOT') and wanted = 'RESTORE'
            or kind = 'BACKUP' and wanted = 'POLICY'));
alter table service_option add constraint service_option_grow_ck check (
    (coalesce(wanted, '') = 'GROW') = (wanted_quantity is not null)
    and (coalesce(wanted, '') in ('GROW', 'POLICY')) = (wanted_price_id is not null)
    and coalesce(wanted_quantity > quantity, true));
alter table service_option add constraint service_option_policy_ck check (
    (policy is null or kind = 'BACKUP' and policy in ('DAILY', 'WEEKLY'))
    and (coalesce(wanted, '') = 'POLICY') = (wanted_policy is not null)
    and (wanted_policy is null or wanted_policy in ('DAILY', 'WEEKLY') and wanted_policy is distinct from policy));
comment on column service_option.policy is 'how often a server is copied by its backups, where that was chosen; else as its vendor does it';
comment on column service_option.wanted_policy is 'how often it is to be copied, by a work item';
--rollback alter table service_option drop constraint service_option_policy_ck, drop constraint service_option_grow_ck, drop constraint service_option_wanted_ck; alter table service_option drop column wanted_policy, drop column policy; alter table service_option add constraint service_option_wanted_ck check (wanted is null or state = 'ACTIVE' and (kind = 'VOLUME' and wanted in ('ATTACH', 'DETACH', 'GROW') or kind in ('BACKUP', 'SNAPSHOT') and wanted = 'RESTORE')), add constraint service_option_grow_ck check ((coalesce(wanted, '') = 'GROW') = (wanted_quantity is not null) and (wanted_quantity is null) = (wanted_price_id is null) and coalesce(wanted_quantity > quantity, true)); drop index option_price_from_uq; drop index option_price_version_uq; alter table option_price drop column policy; alter table option_price add constraint option_price_version_uq unique (kind, version), add constraint option_price_from_uq unique (kind, valid_from);
