--liquibase formatted sql

--changeset service:suspensions
--comment Why services are suspended, and what of them comes back. A server that is resized or set up anew is switched off when that is done.
alter table service add column suspended_why text;
alter table service add constraint service_suspended_ck check (length(suspended_why) between 1 and 200);
comment on column service.suspended_why is 'why staff suspended it, as its customer reads it; gone when it is suspended no more, kept when it ends';
alter table service add column resumes_on boolean not null default false;
comment on column service.resumes_on is 'whether its server was on, or was to be, when it was suspended, and is started when it is suspended no more';
alter table service drop constraint service_changing_ck;
alter table service add constraint service_changing_ck check (
    changing is null
    or changing in ('RESIZE', 'REBUILD') and account is not null and power_wanted is distinct from 'RESTART');
comment on column service.changing is 'what was asked of its server and is not done yet, as service_wish says; a work item sees to it; nothing else is asked of it meanwhile, and what a suspension wants of its power waits';
--rollback update service set power_wanted = null where changing is not null; alter table service drop constraint service_changing_ck, add constraint service_changing_ck check (changing is null or changing in ('RESIZE', 'REBUILD') and account is not null and power_wanted is null), drop column resumes_on, drop column suspended_why;
