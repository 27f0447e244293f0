--liquibase formatted sql

--changeset options:0003
--comment Further IPv4 addresses of servers: options of which each is one, known by what a server had before.
alter table option_price drop constraint option_price_kind_ck;
alter table option_price add constraint option_price_kind_ck check (kind in ('VOLUME', 'BACKUP', 'SNAPSHOT', 'ADDRESS'));
comment on table option_price is 'append-only: what a unit of an option costs a month from an instant on, a gibibyte of a volume or a snapshot, the backups of a server or a further address; without an amount it is not offered from then on';

alter table service_option add column beside text[];
alter table service_option drop constraint service_option_kind_ck;
alter table service_option drop constraint service_option_quantity_ck;
alter table service_option drop constraint service_option_wanted_ck;
alter table service_option add constraint service_option_kind_ck check (kind in ('VOLUME', 'BACKUP', 'SNAPSHOT', 'ADDRESS'));
alter table service_option add constraint service_option_quantity_ck check (quantity > 0 and (kind in ('VOLUME', 'SNAPSHOT') or quantity = 1));
alter table service_option add constraint service_option_wanted_ck check (
    wanted is null
    or state = 'ACTIVE'
       and (kind = 'VOLUME' and wanted in ('ATTACH', 'DETACH', 'GROW') or kind in ('BACKUP', 'SNAPSHOT') and wanted = 'RESTORE'));
alter table service_option add constraint service_option_beside_ck check (beside is null or kind = 'ADDRESS');
alter table service_option add constraint service_option_address_ck check (
    kind <> 'ADDRESS' or state in ('ORDERED', 'FAILED') or upstream_id is not null);
comment on table service_option is 'what an organization rents beside a server: a volume, which outlives it, its backups, a snapshot, or a further address; service_id: the server that it is of, or of which it was last; quantity: of a snapshot, its server''s disk until it is ready; keeping: how the vendor keeps a snapshot; beside: the addresses that the server had before the vendor was asked for this one; wanted: what is to be done about it, by a work item; asked_at, missed_at, task, lost: the open question to the vendor, in real time, and how many came to nothing; failure: in the vendor''s words, for staff';
create unique index service_option_address_uq on service_option (service_id) where kind = 'ADDRESS' and state = 'ORDERED';
drop index service_option_upstream_uq;
create unique index service_option_upstream_uq on service_option (account, kind, upstream_id)
    where upstream_id is not null and state not in ('TERMINATED', 'FAILED') and (kind <> 'ADDRESS' or state <> 'TERMINATING');
comment on table option_finding is 'a volume, snapshot or address at a vendor that nobody is charged for, one that somebody is charged for and that is not there, or one of another size, as long as it is so; in real time; confirmed at the second look';
--rollback drop index service_option_upstream_uq; create unique index service_option_upstream_uq on service_option (account, kind, upstream_id) where upstream_id is not null and state not in ('TERMINATED', 'FAILED'); drop index service_option_address_uq; alter table service_option drop constraint service_option_address_ck, drop constraint service_option_beside_ck; alter table service_option drop column beside; alter table service_option drop constraint service_option_kind_ck, drop constraint service_option_quantity_ck, drop constraint service_option_wanted_ck; alter table service_option add constraint service_option_kind_ck check (kind in ('VOLUME', 'BACKUP', 'SNAPSHOT')), add constraint service_option_quantity_ck check (quantity > 0 and (kind <> 'BACKUP' or quantity = 1)), add constraint service_option_wanted_ck check (wanted is null or state = 'ACTIVE' and (kind = 'VOLUME' and wanted in ('ATTACH', 'DETACH', 'GROW') or kind <> 'VOLUME' and wanted = 'RESTORE')); alter table option_price drop constraint option_price_kind_ck; alter table option_price add constraint option_price_kind_ck check (kind in ('VOLUME', 'BACKUP', 'SNAPSHOT'));
