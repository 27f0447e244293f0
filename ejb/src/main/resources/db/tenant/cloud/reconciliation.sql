--liquibase formatted sql

--changeset reconciliation:baseline splitStatements:false

-- The providers' servers, compared with the expected state of services.
create table provider_scan (
    account text not null,
    started_at timestamptz not null,
    completed_at timestamptz,
    servers integer not null default 0,
    ours integer not null default 0,
    doubtful boolean not null default false,
    failure text,
    message text not null default '',
    constraint provider_scan_pk primary key (account),
    constraint provider_scan_failure_ck check (failure ~ '^[A-Z_]{2,40}$'),
    constraint provider_scan_message_ck check (length(message) <= 1000)
);
comment on table provider_scan is 'the last scan of a provider account, in real time; completed_at: the last complete one, to which servers and ours (those with our resource tag) belong; doubtful: it missed more than half of the expected servers; failure and message: why the latest did not complete';

create table server_discrepancy (
    id uuid not null,
    account text not null,
    kind text not null,
    provider_ref text not null,
    resource_tag text not null,
    service_id uuid,
    name text not null,
    expected text not null,
    seen text not null,
    state text not null default 'OPEN',
    times integer not null default 1,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    since timestamptz not null,
    seen_until timestamptz not null,
    confirmed_at timestamptz,
    action text,
    action_count integer not null default 0,
    decided_by text,
    requested_at timestamptz,
    credited numeric(20, 8) not null default 0,
    credit_count integer not null default 0,
    dismissed_at timestamptz,
    dismissed_by text,
    reason text,
    resolved_at timestamptz,
    resolution text,
    resolved_by text,
    constraint server_discrepancy_pk primary key (id),
    constraint server_discrepancy_service_fk foreign key (service_id) references service (id),
    constraint server_discrepancy_kind_ck check (kind in
        ('ORPHANED', 'UNKNOWN_SERVER', 'DUPLICATE', 'MISSING', 'ID_CHANGED', 'DRIFT_PLAN', 'DRIFT_POWER', 'DRIFT_ADDRESS', 'UNMANAGED')),
    constraint server_discrepancy_state_ck check (state in ('OPEN', 'DISMISSED', 'RESOLVED')),
    constraint server_discrepancy_ours_ck check (kind = 'UNMANAGED' or resource_tag <> ''),
    constraint server_discrepancy_action_ck check (action is null or action in ('DELETE', 'SWITCH') and kind <> 'UNMANAGED' and confirmed_at is not null),
    constraint server_discrepancy_times_ck check (times > 0 and last_seen_at >= first_seen_at),
    constraint server_discrepancy_credited_ck check (credited >= 0 and credit_count >= 0 and (credited = 0) = (credit_count = 0) and (credit_count = 0 or kind = 'MISSING')),
    constraint server_discrepancy_dismissed_ck check (state <> 'DISMISSED' or dismissed_at is not null and dismissed_by is not null and length(trim(reason)) > 0),
    constraint server_discrepancy_resolved_ck check ((state = 'RESOLVED') = (resolved_at is not null) and (resolved_at is null) = (resolution is null))
);
create unique index server_discrepancy_present_uq on server_discrepancy (account, kind, provider_ref, resource_tag, seen) where state <> 'RESOLVED';
create index server_discrepancy_service_ix on server_discrepancy (service_id) where service_id is not null;
create index server_discrepancy_last_ix on server_discrepancy (last_seen_at desc, id);
comment on table server_discrepancy is 'a difference between a provider and our services; first and last seen in real time, since and seen_until the same by the clock of the books; confirmed once it was seen twice and ten minutes apart; action: pending action, and decided_by whom (null: by rule); credited: amount of the charges from since to seen_until that was credited, in credit_count parts';

-- Servers whose power differed from the state of their services, until a second observation confirms it.
create table power_observation (
    service_id uuid not null,
    account text not null,
    checked_at timestamptz not null,
    power text,
    version integer,
    since timestamptz,
    constraint power_observation_pk primary key (service_id),
    constraint power_observation_service_fk foreign key (service_id) references service (id),
    constraint power_observation_power_ck check (power in ('ON', 'OFF')),
    constraint power_observation_since_ck check (
        (power is null) = (since is null) and (power is null) = (version is null) and coalesce(since <= checked_at, true))
);
create index power_observation_account_ix on power_observation (account, checked_at);
comment on table power_observation is 'servers that were seen on or off otherwise than their services say, or were asked for by themselves because their provider''s list does not tell; in real time; power: what was seen in each look since then, while the service had that version; nothing if it is as the service says, or was not told';

-- What other packages may read.
create view server_discrepancy_v with (security_invoker) as
select id, service_id, since
  from server_discrepancy;
comment on view server_discrepancy_v is 'which outage of a server is made good';
