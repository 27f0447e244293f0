--liquibase formatted sql

--changeset service:0004
--comment What runs in an account keeps it from being removed; and whether servers are on.
alter table service add column account_id uuid generated always as (
    case when account ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then account::uuid end) stored;
alter table service add constraint service_account_fk foreign key (account_id) references provider_account (id);
create index service_account_ix on service (account_id) where account_id is not null;
comment on column service.account_id is 'the account that the reseller has connected, where account names one';

alter table service add column power text not null default 'ON';
alter table service add column power_wanted text;
alter table service add constraint service_power_ck check (power in ('ON', 'OFF'));
alter table service add constraint service_power_wanted_ck check (
    power_wanted is null or power_wanted in ('START', 'STOP', 'RESTART') and account is not null);
comment on column service.power is 'whether its server was on when we looked last';
comment on column service.power_wanted is 'what was asked of it and is not done yet; a work item sees to it';

alter table service add column failure text not null default '';
comment on column service.failure is 'why it never came up, in the vendor''s words: for staff';

alter table provider_call drop constraint provider_call_step_ck;
alter table provider_call add constraint provider_call_step_ck check (step in ('CREATE', 'DELETE', 'POWER'));
alter table provider_call add column what text not null default '';
alter table provider_call add column task text;
comment on column provider_call.what is 'which of the step''s things it is asked for, such as OFF';
comment on column provider_call.task is 'the vendor''s, by which it is asked how far it is';
--rollback alter table provider_call drop column task, drop column what, drop constraint provider_call_step_ck, add constraint provider_call_step_ck check (step in ('CREATE', 'DELETE')); alter table service drop column failure, drop column power_wanted, drop column power, drop column account_id;
