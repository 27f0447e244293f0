--liquibase formatted sql

--changeset addon:baseline splitStatements:false

-- Add-ons of servers, at separate prices; their charges are rated periods like those of services.
create table addon_price (
    id uuid not null,
    kind text not null,
    version integer not null,
    currency char(3) not null,
    monthly numeric(20, 8),
    valid_from timestamptz not null,
    published_at timestamptz not null,
    published_by text not null,
    policy text,
    wholesale numeric(20, 8) not null default 0,
    constraint addon_price_pk primary key (id),
    constraint addon_price_kind_ck check (kind in ('VOLUME', 'BACKUP', 'SNAPSHOT', 'ADDRESS')),
    constraint addon_price_policy_ck check (
        policy is null or kind = 'BACKUP' and policy in ('DAILY', 'WEEKLY')),
    -- The highest limit of all currencies; io.tenantry.kernel.money.AmountLimit has the limit of each
    constraint addon_price_amount_ck check (monthly between 0 and 1000000000),
    constraint addon_price_wholesale_ck check (wholesale between 0 and 10000000000)
);
create unique index addon_price_version_uq on addon_price (kind, coalesce(policy, ''), version);
create unique index addon_price_from_uq on addon_price (kind, coalesce(policy, ''), currency, valid_from);
comment on table addon_price is 'append-only: monthly price of a unit of an add-on from an instant on: a gibibyte of a volume or a snapshot, the backups of a server or a further address; without an amount it is not offered from then on';
comment on column addon_price.policy is 'for backups of that frequency; without one, for those of providers without a choice, and for each policy that never had a separate price';
comment on column addon_price.wholesale is 'the platform''s monthly price of a unit for the reseller, in the currency of the reseller''s books; multiplied by the quantity in the price version that is written for it';
create trigger addon_price_immutable before update or delete or truncate on addon_price
    for each statement execute function refuse_history_change();

create table addon (
    id uuid not null,
    service_id uuid not null,
    organization_id uuid not null,
    wallet_id uuid not null,
    kind text not null,
    name text not null,
    quantity integer not null,
    price_version_id uuid not null,
    account text not null,
    provider_region text not null,
    provider_ref text,
    state text not null default 'ORDERED',
    attached boolean not null default false,
    pending_action text,
    pending_quantity integer,
    pending_price_id uuid,
    pending_restore_point text not null default '',
    requested_at timestamptz,
    not_found_at timestamptz,
    task text,
    lost integer not null default 0,
    failure text not null default '',
    ordered_at timestamptz not null,
    activated_at timestamptz,
    ended_at timestamptz,
    retention text,
    known_addresses text[],
    policy text,
    pending_policy text,
    server_number text,
    percent integer not null default 0,
    constraint addon_pk primary key (id),
    constraint addon_service_fk foreign key (service_id) references service (id),
    constraint addon_wallet_fk foreign key (wallet_id) references wallet (id),
    constraint addon_price_fk foreign key (price_version_id) references price_version (id),
    constraint addon_pending_price_fk foreign key (pending_price_id) references price_version (id),
    constraint addon_state_ck check (state in ('ORDERED', 'ACTIVE', 'TERMINATING', 'TERMINATED', 'FAILED')),
    constraint addon_attached_ck check (not attached or kind = 'VOLUME' and state = 'ACTIVE'),
    constraint addon_restore_point_ck check ((coalesce(pending_action, '') = 'RESTORE') = (pending_restore_point <> '')),
    constraint addon_active_ck check (
        (state in ('ORDERED', 'FAILED')) = (activated_at is null) and (state in ('ORDERED', 'ACTIVE')) = (ended_at is null)),
    constraint addon_times_ck check (ended_at is null or activated_at is null or ended_at >= activated_at),
    constraint addon_retention_ck check (
        (kind = 'SNAPSHOT') = (retention is not null) and coalesce(retention, 'STANDALONE') in ('STANDALONE', 'WITH_SERVER', 'WITH_BACKUPS')),
    constraint addon_kind_ck check (kind in ('VOLUME', 'BACKUP', 'SNAPSHOT', 'ADDRESS')),
    constraint addon_quantity_ck check (quantity > 0 and (kind in ('VOLUME', 'SNAPSHOT') or quantity = 1)),
    constraint addon_known_addresses_ck check (known_addresses is null or kind = 'ADDRESS'),
    constraint addon_address_ck check (
        kind <> 'ADDRESS' or state in ('ORDERED', 'FAILED') or provider_ref is not null),
    constraint addon_pending_action_ck check (
        pending_action is null
        or state = 'ACTIVE'
           and (kind = 'VOLUME' and pending_action in ('ATTACH', 'DETACH', 'GROW')
                or kind in ('BACKUP', 'SNAPSHOT') and pending_action = 'RESTORE'
                or kind = 'BACKUP' and pending_action = 'POLICY')),
    constraint addon_grow_ck check (
        (coalesce(pending_action, '') = 'GROW') = (pending_quantity is not null)
        and (coalesce(pending_action, '') in ('GROW', 'POLICY')) = (pending_price_id is not null)
        and coalesce(pending_quantity > quantity, true)),
    constraint addon_policy_ck check (
        (policy is null or kind = 'BACKUP' and policy in ('DAILY', 'WEEKLY'))
        and (coalesce(pending_action, '') = 'POLICY') = (pending_policy is not null)
        and (pending_policy is null or pending_policy in ('DAILY', 'WEEKLY') and pending_policy is distinct from policy)),
    constraint addon_server_ck check (server_number is null or kind = 'SNAPSHOT'),
    constraint addon_percent_ck check (percent between 0 and 100)
);
create index addon_service_ix on addon (service_id, kind);
create index addon_organization_ix on addon (organization_id, kind, state);
create index addon_account_ix on addon (account, kind);
create unique index addon_backup_uq on addon (service_id)
    where kind = 'BACKUP' and state in ('ORDERED', 'ACTIVE', 'TERMINATING');
create unique index addon_slot_uq on addon (service_id)
    where retention = 'WITH_BACKUPS' and state in ('ORDERED', 'ACTIVE', 'TERMINATING');
create unique index addon_provider_ref_uq on addon (account, kind, provider_ref)
    where provider_ref is not null and state not in ('TERMINATED', 'FAILED') and (kind <> 'ADDRESS' or state <> 'TERMINATING');
-- Addresses ordered together with their server wait for each other: the provider is asked for one at a time.
create unique index addon_address_uq on addon (service_id)
    where kind = 'ADDRESS' and state = 'ORDERED' and known_addresses is not null;
comment on table addon is 'what an organization rents beside a server: a volume, which outlives it, its backups, a snapshot, or a further address; service_id: its server, or the last one; quantity: for a snapshot, its server''s disk until it is ready; retention: how the provider stores a snapshot; known_addresses: addresses of the server before the provider was asked for this one; pending_action: pending change, done by a work item; requested_at, not_found_at, task, lost: the open request to the provider, in real time, and the number of failed ones; failure: in the provider''s words, for staff';
comment on column addon.policy is 'how often a server is backed up, where that was chosen; otherwise the provider''s default';
comment on column addon.pending_policy is 'pending frequency, set by a work item';
comment on column addon.server_number is 'for a snapshot: the provider''s number of its source server, which may no longer be the service''s server';
comment on column addon.percent is 'the provider''s reported progress of the request; 0 if not reported';

create table addon_restore_point (
    addon_id uuid not null,
    restore_point_id text not null,
    name text not null,
    size_mib bigint not null,
    ready boolean not null,
    taken_at timestamptz not null,
    constraint addon_restore_point_pk primary key (addon_id, restore_point_id),
    constraint addon_restore_point_addon_fk foreign key (addon_id) references addon (id)
);
comment on table addon_restore_point is 'backups of a server, as last listed by its provider';

create table addon_discrepancy (
    account text not null,
    kind text not null,
    provider_ref text not null,
    resource_tag text not null,
    addon_id uuid,
    name text not null,
    expected_gib integer not null,
    seen_gib integer not null,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    confirmed_at timestamptz,
    addon_kind text not null,
    id uuid not null,
    service_id uuid,
    state text not null default 'OPEN',
    since timestamptz not null,
    action text,
    action_count integer not null default 0,
    decided_by text,
    requested_at timestamptz,
    credited numeric(20, 8) not null default 0,
    failure text not null default '',
    dismissed_at timestamptz,
    dismissed_by text,
    reason text,
    resolved_at timestamptz,
    resolution text,
    resolved_by text,
    constraint addon_discrepancy_pk primary key (id),
    constraint addon_discrepancy_addon_fk foreign key (addon_id) references addon (id),
    constraint addon_discrepancy_service_fk foreign key (service_id) references service (id),
    constraint addon_discrepancy_kind_ck check (kind in ('UNKNOWN_ADDON', 'MISSING', 'SIZE')),
    constraint addon_discrepancy_times_ck check (last_seen_at >= first_seen_at),
    constraint addon_discrepancy_addon_kind_ck check (addon_kind in ('VOLUME', 'BACKUP', 'SNAPSHOT', 'ADDRESS')),
    constraint addon_discrepancy_state_ck check (state in ('OPEN', 'DISMISSED', 'RESOLVED')),
    constraint addon_discrepancy_action_ck check (
        action is null
        or confirmed_at is not null and decided_by is not null
           and (action = 'DELETE' and kind = 'UNKNOWN_ADDON' and service_id is not null and (addon_id is not null or addon_kind = 'BACKUP')
                or action = 'SWITCH' and kind = 'MISSING' and addon_kind = 'BACKUP')),
    constraint addon_discrepancy_credited_ck check (
        credited >= 0 and (credited = 0 or kind = 'MISSING' and addon_id is not null and coalesce(resolution, '') = 'ENDED')),
    constraint addon_discrepancy_dismissed_ck check (
        state <> 'DISMISSED' or dismissed_at is not null and dismissed_by is not null and length(trim(reason)) > 0),
    constraint addon_discrepancy_resolved_ck check (
        (state = 'RESOLVED') = (resolved_at is not null) and (resolved_at is null) = (resolution is null))
);
create unique index addon_discrepancy_present_uq on addon_discrepancy (account, addon_kind, kind, provider_ref, resource_tag, seen_gib) where state <> 'RESOLVED';
create unique index addon_discrepancy_credited_uq on addon_discrepancy (addon_id) where credited > 0;
create index addon_discrepancy_service_ix on addon_discrepancy (service_id) where service_id is not null;
comment on table addon_discrepancy is 'something other than a server at a provider that is not charged, that is charged and missing, or that has another size; first and last seen in real time, confirmed at the second observation; since: when a missing one was last there, by the clock of the books; action: pending action at the provider, and decided_by whom; failure: in the provider''s words, for staff; credited: charges since then, once for each add-on';

-- Add-ons that differ at a provider: the pending action, refunds for them, and when each was last seen.
create table addon_observation (
    addon_id uuid not null,
    seen_at timestamptz not null,
    constraint addon_observation_pk primary key (addon_id),
    constraint addon_observation_addon_fk foreign key (addon_id) references addon (id)
);
comment on table addon_observation is 'when a scan of an account last saw a charged add-on, by the clock of the books';

-- A foreign key of a table that is created earlier.
alter table price_version add constraint price_version_addon_fk foreign key (addon_price_id) references addon_price (id);

-- What other packages may read.
create view addon_price_v with (security_invoker) as
select id, kind, policy, currency, monthly, wholesale, valid_from
  from addon_price;
comment on view addon_price_v is 'what add-ons cost';
create view addon_v with (security_invoker) as
select id, service_id, organization_id, wallet_id, kind, name, price_version_id, state, pending_action, requested_at,
       ordered_at, ended_at
  from addon;
comment on view addon_v is 'what is rented beside a server, as it is sold and charged; pending_action, requested_at: what is being done with it';
create view addon_discrepancy_v with (security_invoker) as
select id, addon_id, service_id, since
  from addon_discrepancy;
comment on view addon_discrepancy_v is 'which outage of an add-on is made good';
