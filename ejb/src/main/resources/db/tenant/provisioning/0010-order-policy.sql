--liquibase formatted sql

--changeset service:what-an-order-needs
--comment How many hours a wallet must pay at first, and how many servers a customer may have.
create table order_policy (
    one boolean not null default true,
    hours_held integer not null,
    server_quota integer,
    changed_at timestamptz not null,
    changed_by text not null,
    constraint order_policy_pk primary key (one),
    constraint order_policy_one_ck check (one),
    constraint order_policy_hours_ck check (hours_held between 1 and 720),
    constraint order_policy_quota_ck check (server_quota between 0 and 100000)
);
insert into order_policy (hours_held, changed_at, changed_by) values (2, now(), 'nobody');
comment on table order_policy is 'hours_held: of whatever is ordered, so many hours are held until it is there; server_quota: so many servers a customer may have at the same time, null for any number';

alter table organization add column server_quota integer;
alter table organization add constraint organization_server_quota_ck check (server_quota between 0 and 100000);
comment on column organization.server_quota is 'so many servers at the same time; null for as many as order_policy says';
--rollback alter table organization drop column server_quota; drop table order_policy;
