--liquibase formatted sql

--changeset options:0002
--comment Copies of a server's disk that are asked for: options whose quantity is known when they are ready.
alter table option_price drop constraint option_price_kind_ck;
alter table option_price add constraint option_price_kind_ck check (kind in ('VOLUME', 'BACKUP', 'SNAPSHOT'));
comment on table option_price is 'append-only: what a unit of an option costs a month from an instant on, a gibibyte of a volume or a snapshot or the backups of a server; without an amount it is not offered from then on';

alter table service_option add column keeping text;
alter table service_option drop constraint service_option_kind_ck;
alter table service_option drop constraint service_option_quantity_ck;
alter table service_option drop constraint service_option_wanted_ck;
alter table service_option add constraint service_option_kind_ck check (kind in ('VOLUME', 'BACKUP', 'SNAPSHOT'));
alter table service_option add constraint service_option_quantity_ck check (quantity > 0 and (kind <> 'BACKUP' or quantity = 1));
alter table service_option add constraint service_option_wanted_ck check (
    wanted is null
    or state = 'ACTIVE' and (kind = 'VOLUME' and wanted in ('ATTACH', 'DETACH', 'GROW') or kind <> 'VOLUME' and wanted = 'RESTORE'));
alter table service_option add constraint service_option_keeping_ck check (
    (kind = 'SNAPSHOT') = (keeping is not null) and coalesce(keeping, 'APART') in ('APART', 'WITH_SERVER', 'WITH_BACKUPS'));
comment on table service_option is 'what an organization rents beside a server: a volume, which outlives it, its backups, or a snapshot; service_id: the server that it is of, or of which it was last; quantity: of a snapshot, its server''s disk until it is ready; keeping: how the vendor keeps a snapshot; wanted: what is to be done about it, by a work item; asked_at, missed_at, task, lost: the open question to the vendor, in real time, and how many came to nothing; failure: in the vendor''s words, for staff';
create unique index service_option_slot_uq on service_option (service_id)
    where keeping = 'WITH_BACKUPS' and state in ('ORDERED', 'ACTIVE', 'TERMINATING');
drop index service_option_upstream_uq;
create unique index service_option_upstream_uq on service_option (account, kind, upstream_id)
    where upstream_id is not null and state not in ('TERMINATED', 'FAILED');

alter table option_finding add column option_kind text not null default 'VOLUME';
alter table option_finding alter column option_kind drop default;
alter table option_finding drop constraint option_finding_pk;
alter table option_finding add constraint option_finding_pk primary key (account, option_kind, kind, upstream_id);
comment on table option_finding is 'a volume or snapshot with our mark at a vendor that nobody is charged for, one that somebody is charged for and that is not there, or one of another size, as long as it is so; in real time; confirmed at the second look';
--rollback delete from option_finding where option_kind <> 'VOLUME'; alter table option_finding drop constraint option_finding_pk; alter table option_finding drop column option_kind; alter table option_finding add constraint option_finding_pk primary key (account, kind, upstream_id); drop index service_option_upstream_uq; create unique index service_option_upstream_uq on service_option (account, upstream_id) where upstream_id is not null; drop index service_option_slot_uq; alter table service_option drop column keeping; alter table service_option drop constraint service_option_kind_ck, drop constraint service_option_quantity_ck, drop constraint service_option_wanted_ck; alter table service_option add constraint service_option_kind_ck check (kind in ('VOLUME', 'BACKUP')), add constraint service_option_quantity_ck check (quantity > 0 and (kind = 'VOLUME' or quantity = 1)), add constraint service_option_wanted_ck check (wanted is null or state = 'ACTIVE' and (kind = 'VOLUME' and wanted in ('ATTACH', 'DETACH', 'GROW') or kind = 'BACKUP' and wanted = 'RESTORE')); alter table option_price drop constraint option_price_kind_ck; alter table option_price add constraint option_price_kind_ck check (kind in ('VOLUME', 'BACKUP'));
