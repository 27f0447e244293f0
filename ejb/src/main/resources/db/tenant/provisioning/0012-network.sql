--liquibase formatted sql

--changeset service:network
--comment What is suspended for debt is switched off, or cut off from its network while it runs on. Whether it is cut off is known and wanted apart from its power.
alter table service add column suspended_by_network boolean not null default false;
alter table service add constraint service_by_network_ck check (
    not suspended_by_network or suspended_for_debt and state in ('SUSPENDED', 'TERMINATING', 'TERMINATED'));
comment on column service.suspended_by_network is 'whether its suspension cuts its server off from the network and leaves its power alone; gone when it is suspended no more, kept when it ends';
alter table service add column network text not null default 'OPEN';
alter table service add constraint service_network_ck check (network in ('OPEN', 'CUT'));
comment on column service.network is 'CUT: its vendor has cut its server off, because we asked for that';
alter table service add column network_wanted text;
alter table service add constraint service_network_wanted_ck check (network_wanted in ('OPEN', 'CUT'));
comment on column service.network_wanted is 'what is wanted of its network and is not done yet; a work item sees to it';
--rollback alter table service drop column network_wanted, drop column network, drop column suspended_by_network;
