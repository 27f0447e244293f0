--liquibase formatted sql

--changeset provisioning:baseline splitStatements:false

create table service (
    id uuid not null,
    organization_id uuid not null,
    wallet_id uuid not null,
    kind text not null,
    name text not null,
    plan_id uuid not null,
    price_version_id uuid not null,
    region text not null,
    provider text not null,
    address text,
    state text not null,
    ordered_at timestamptz not null,
    activated_at timestamptz,
    ended_at timestamptz,
    version integer not null default 0,
    account text,
    provider_region text,
    provider_size text,
    provider_image text,
    provider_ref text,
    account_id uuid generated always as (
        case when account ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then account::uuid end) stored,
    power text not null default 'ON',
    pending_power text,
    failure text not null default '',
    pending_operation text,
    locked boolean not null default false,
    note text not null default '',
    suspension_reason text,
    power_on_resume boolean not null default false,
    rescue uuid,
    suspended_for_debt boolean not null default false,
    suspended_by_network boolean not null default false,
    network text not null default 'CONNECTED',
    pending_network text,
    constraint service_pk primary key (id),
    constraint service_wallet_fk foreign key (wallet_id) references wallet (id),
    constraint service_plan_fk foreign key (plan_id) references plan (id),
    constraint service_price_fk foreign key (price_version_id) references price_version (id),
    constraint service_region_fk foreign key (region) references region (code),
    constraint service_account_fk foreign key (account_id) references provider_account (id),
    constraint service_kind_ck check (kind in ('VPS', 'DEDICATED', 'CONTAINER', 'HOSTING', 'DOMAIN')),
    constraint service_state_ck check (state in
        ('ORDERED', 'PROVISIONING', 'ACTIVE', 'SUSPENDED', 'TERMINATING', 'TERMINATED', 'FAILED', 'UNKNOWN')),
    constraint service_times_ck check (ended_at is null or activated_at is null or ended_at >= activated_at),
    constraint service_provider_ck check (
        account is null and provider_ref is null
        or account is not null and provider_region is not null and provider_size is not null and provider_image is not null),
    constraint service_power_ck check (power in ('ON', 'OFF')),
    constraint service_pending_power_ck check (
        pending_power is null or pending_power in ('START', 'STOP', 'RESTART') and account is not null),
    constraint service_note_ck check (length(note) <= 8000),
    constraint service_suspended_ck check (length(suspension_reason) between 1 and 200),
    constraint service_rescue_ck check (rescue is null or account is not null),
    constraint service_pending_operation_ck check (
        pending_operation is null or pending_operation in ('RESIZE', 'REBUILD', 'RESCUE', 'LEAVE_RESCUE') and account is not null and pending_power is distinct from 'RESTART'),
    constraint service_debt_ck check (not suspended_for_debt or suspension_reason is null),
    constraint service_by_network_ck check (
        not suspended_by_network or suspended_for_debt and state in ('SUSPENDED', 'TERMINATING', 'TERMINATED')),
    constraint service_network_ck check (network in ('CONNECTED', 'ISOLATED')),
    constraint service_pending_network_ck check (pending_network in ('CONNECTED', 'ISOLATED'))
);
create index service_organization_ix on service (organization_id, state);
create index service_wallet_ix on service (wallet_id);
create index service_organization_name_ix on service (organization_id, lower(name), id);
create index service_name_ix on service (lower(name), id);
create index service_account_ix on service (account_id) where account_id is not null;
create unique index service_provider_ref_uq on service (account, provider_ref)
    where provider_ref is not null and state not in ('TERMINATING', 'TERMINATED', 'FAILED');
comment on index service_provider_ref_uq is 'a server belongs to one running service; providers may reuse the number of a deleted one';
comment on table service is 'services rented by organizations';
comment on column service.account is 'the provider account in which its server is created; null for one that exists only in our books';
comment on column service.provider_ref is 'the provider''s number of its server, once known';
comment on column service.account_id is 'the account connected by the reseller, where account names one';
comment on column service.power is 'whether its server was on at the last check';
comment on column service.pending_power is 'requested power action that is not done yet; done by a work item';
comment on column service.failure is 'why it was never available, in the provider''s words: for staff';
comment on column service.pending_operation is 'requested change of its server that is not done yet, as in service_operation; done by a work item; no other change is requested meanwhile, and a suspension''s power action waits';
comment on column service.locked is 'whether it cannot be terminated until it is unlocked';
comment on column service.note is 'the organization''s note, in Markdown';
comment on column service.suspension_reason is 'why staff suspended it, as shown to its customer; removed when the suspension ends, kept at termination';
comment on column service.power_on_resume is 'whether its server was on, or was to be, when it was suspended, and is started when the suspension ends';
comment on column service.rescue is 'the operation by which its server is in the provider''s rescue system, as far as known; null while it runs its own';
comment on column service.suspended_for_debt is 'whether it was suspended because its wallet is in debt, and not by staff; reset when the suspension ends, kept at termination';
comment on column service.suspended_by_network is 'whether its suspension cuts its server off from the network and leaves its power unchanged; reset when the suspension ends, kept at termination';
comment on column service.network is 'ISOLATED: its provider has cut its server off, at our request';
comment on column service.pending_network is 'requested network state that is not reached yet; done by a work item';

create table service_event (
    id bigint generated always as identity,
    service_id uuid not null,
    at timestamptz not null,
    event text not null,
    actor text not null,
    facts jsonb not null default '{}',
    constraint service_event_pk primary key (id),
    constraint service_event_service_fk foreign key (service_id) references service (id)
);
create index service_event_service_ix on service_event (service_id, id);
comment on table service_event is 'append-only: the timeline of a service';

create table provider_call (
    id bigint generated always as identity,
    service_id uuid not null,
    step text not null,
    attempt integer not null,
    resource_tag text not null,
    sent_at timestamptz not null default clock_timestamp(),
    outcome text not null default 'SENT',
    message text not null default '',
    not_found_at timestamptz,
    ended_at timestamptz,
    action text not null default '',
    task text,
    constraint provider_call_pk primary key (id),
    constraint provider_call_service_fk foreign key (service_id) references service (id),
    constraint provider_call_attempt_uq unique (service_id, step, attempt),
    constraint provider_call_outcome_ck check (outcome in ('SENT', 'UNKNOWN', 'DONE', 'REFUSED', 'NOT_FOUND')),
    constraint provider_call_ended_ck check ((outcome in ('SENT', 'UNKNOWN')) = (ended_at is null)),
    constraint provider_call_step_ck check (step ~ '^[A-Z][A-Z_]*$')
);
create unique index provider_call_open_uq on provider_call (service_id, step) where ended_at is null;
comment on table provider_call is 'a request to a provider, recorded before it is sent; outcome: its result, as far as known; message: the provider''s, for staff; not_found_at: when it was first looked for and not found; times are real';
comment on column provider_call.action is 'the action requested within the step, such as OFF';
comment on column provider_call.task is 'the provider''s task, by which its progress is queried';

create table service_launch_config (
    service_id uuid not null,
    image text not null,
    key_names text[] not null,
    keys text[] not null,
    script_name text,
    script text,
    constraint service_launch_config_pk primary key (service_id),
    constraint service_launch_config_service_fk foreign key (service_id) references service (id),
    constraint service_launch_config_keys_ck check (cardinality(key_names) = cardinality(keys)),
    constraint service_launch_config_script_ck check ((script is null) = (script_name is null))
);
comment on table service_launch_config is 'the choices for the first start of a server, as of its order; image: the reseller''s name of it, empty for the usual one; script: with its fields filled in';

create table service_operation (
    id uuid not null,
    service_id uuid not null,
    kind text not null,
    requested_at timestamptz not null default clock_timestamp(),
    plan_id uuid,
    price_version_id uuid,
    provider_size text,
    provider_image text,
    image text,
    key_names text[],
    keys text[],
    script_name text,
    script text,
    constraint service_operation_pk primary key (id),
    constraint service_operation_service_fk foreign key (service_id) references service (id),
    constraint service_operation_plan_fk foreign key (plan_id) references plan (id),
    constraint service_operation_price_fk foreign key (price_version_id) references price_version (id),
    constraint service_operation_service_uq unique (service_id),
    constraint service_operation_keys_ck check (cardinality(key_names) = cardinality(keys)),
    constraint service_operation_script_ck check ((script is null) = (script_name is null)),
    constraint service_operation_kind_ck check (
        kind = 'RESIZE' and plan_id is not null and price_version_id is not null and provider_size is not null
            and provider_image is null and image is null and keys is null and script is null
        or kind = 'REBUILD' and plan_id is null and price_version_id is null and provider_size is null
            and provider_image is not null and image is not null and keys is not null and key_names is not null
        or kind in ('RESCUE', 'LEAVE_RESCUE') and plan_id is null and price_version_id is null and provider_size is null
            and provider_image is null and image is null and script is null
            and (kind = 'RESCUE') = (keys is not null) and (kind = 'RESCUE') = (key_names is not null))
);
comment on table service_operation is 'a resize, a rebuild, or the start or end of the rescue system of a server, as it was accepted; deleted when it is done or given up; its key is that of its work item; times are real';

create table service_address (
    service_id uuid not null,
    address text not null,
    position integer not null default 0,
    hostname text not null default '',
    pending_hostname text,
    constraint service_address_pk primary key (service_id, address),
    constraint service_address_service_fk foreign key (service_id) references service (id),
    constraint service_address_names_ck check (length(hostname) <= 253 and length(pending_hostname) <= 253)
);
comment on table service_address is 'addresses of servers as reported by providers; hostname: the reverse DNS name that we set there, empty for the provider''s own; pending_hostname: the requested name, until a work item has set it';

-- Hours reserved for an order, and the maximum number of servers of a customer.
create table order_policy (
    one boolean not null default true,
    reserved_hours integer not null,
    server_quota integer,
    changed_at timestamptz not null,
    changed_by text not null,
    constraint order_policy_pk primary key (one),
    constraint order_policy_one_ck check (one),
    constraint order_policy_hours_ck check (reserved_hours between 1 and 720),
    constraint order_policy_quota_ck check (server_quota between 0 and 100000)
);
comment on table order_policy is 'reserved_hours: number of hours reserved for each order until it is available; server_quota: maximum number of concurrent servers of a customer, null for any number';
insert into order_policy (reserved_hours, changed_at, changed_by) values (2, now(), 'nobody');

-- What other packages may read.
create view service_v with (security_invoker) as
select id, wallet_id, kind, name, plan_id, price_version_id, region, provider, account_id, provider_region, state,
       ordered_at, ended_at
  from service;
comment on view service_v is 'what is rented, as it is sold and charged';
create view service_event_v with (security_invoker) as
select id, service_id, at, event, actor, facts
  from service_event;
comment on view service_event_v is 'the timeline of a service';
create view pending_plan_v with (security_invoker) as
select service_id, plan_id
  from service_operation;
comment on view pending_plan_v is 'the plan that a service is about to get';
create view order_policy_v with (security_invoker) as
select reserved_hours
  from order_policy;
comment on view order_policy_v is 'how many hours an order reserves';
