--liquibase formatted sql

--changeset identity:baseline splitStatements:false

-- People, their permissions and credentials. One copy per tenant, one for the platform's operators.
create table organization (
    id uuid not null,
    name text not null,
    billing_email text not null,
    country char(2) not null,
    state text not null default 'ACTIVE',
    created_at timestamptz not null,
    server_quota integer,
    constraint organization_pk primary key (id),
    constraint organization_name_ck check (length(name) between 1 and 120),
    constraint organization_billing_email_ck check (length(billing_email) between 3 and 254),
    constraint organization_country_ck check (country ~ '^[A-Z]{2}$'),
    constraint organization_state_ck check (state in ('ACTIVE', 'SUSPENDED', 'CLOSED')),
    constraint organization_server_quota_ck check (server_quota between 0 and 100000)
);
create index organization_name_ix on organization (lower(name), id);
comment on table organization is 'A customer of the reseller: owns services and wallets';
comment on column organization.server_quota is 'maximum number of concurrent servers; null for the default of order_policy';

create table person (
    id uuid not null,
    email text not null,
    name text not null,
    locale text,
    zone text,
    state text not null default 'ACTIVE',
    sessions_valid_from timestamptz not null default '-infinity',
    created_at timestamptz not null,
    -- an owner may disable an account that belongs to their organization only, and enable only what was disabled there
    disabled_in uuid,
    locked_reason text,
    locked_at timestamptz,
    locked_by text,
    is_locked_by_platform boolean not null default false,
    constraint person_pk primary key (id),
    constraint person_disabled_in_fk foreign key (disabled_in) references organization (id),
    constraint person_email_uq unique (email),
    constraint person_email_ck check (email = lower(email) and length(email) between 3 and 254),
    constraint person_name_ck check (length(name) between 1 and 120),
    constraint person_state_ck check (state in ('ACTIVE', 'DISABLED', 'LOCKED')),
    constraint person_disabled_in_ck check (disabled_in is null or state = 'DISABLED'),
    constraint person_locked_ck check (
        (state = 'LOCKED') = (locked_reason is not null)
        and num_nonnulls(locked_reason, locked_at, locked_by) in (0, 3)
        and (state = 'LOCKED' or not is_locked_by_platform)),
    constraint person_locked_reason_ck check (length(locked_reason) between 5 and 200)
);
create index person_disabled_in_ix on person (disabled_in) where disabled_in is not null;
comment on table person is 'A person who can sign in here; members, staff and operators are persons with a role';
comment on column person.is_locked_by_platform is 'operators locked a person of the reseller; only they unlock it';

create table credential (
    person_id uuid not null,
    password_hash text not null,
    changed_at timestamptz not null,
    void_since timestamptz,
    constraint credential_pk primary key (person_id),
    constraint credential_person_fk foreign key (person_id) references person (id),
    constraint credential_password_hash_ck check (password_hash like '$argon2id$%')
);
comment on table credential is 'secret: verifier of a password';
comment on column credential.void_since is 'the account was locked, so others may know this password: it is no longer accepted';

create table sign_in_failure (
    subject text not null,
    failures integer not null,
    last_at timestamptz not null,
    blocked_until timestamptz,
    constraint sign_in_failure_pk primary key (subject),
    constraint sign_in_failure_failures_ck check (failures >= 0)
);
create index sign_in_failure_last_at_ix on sign_in_failure (last_at);
comment on table sign_in_failure is 'Failed sign-in attempts, per account and per address (both hashed)';

create table role (
    code text not null,
    name text not null,
    kind text not null,
    permissions text[] not null,
    constraint role_pk primary key (code),
    constraint role_code_kind_uq unique (code, kind),
    constraint role_code_ck check (code ~ '^[a-z][a-z_]{1,40}$'),
    constraint role_kind_ck check (kind in ('ORGANIZATION', 'STAFF', 'OPERATOR'))
);
comment on table role is 'A named set of permissions; kind states to whom it may be given';
-- The predefined roles. The seven of organizations are those that integrators store by name.
insert into role (code, name, kind, permissions)
values
    ('owner', 'Owner', 'ORGANIZATION', array[
        'vps_view', 'vps_create', 'vps_delete', 'vps_manage', 'organization_view', 'notes_manage', 'ssh_keys_view',
        'ssh_keys_manage', 'tickets_view', 'tickets_create', 'tickets_manage', 'billing_view', 'billing_manage',
        'egress_view', 'egress_manage', 'members_manage', 'settings_manage', 'hosting_view', 'hosting_manage',
        'vps_console'
    ]),
    ('admin', 'Administrator', 'ORGANIZATION', array[
        'vps_view', 'vps_create', 'vps_delete', 'vps_manage', 'organization_view', 'notes_manage', 'ssh_keys_view',
        'ssh_keys_manage', 'tickets_view', 'tickets_create', 'tickets_manage', 'billing_view', 'egress_view',
        'settings_manage', 'hosting_view', 'hosting_manage', 'vps_console'
    ]),
    ('member', 'Member', 'ORGANIZATION', array[
        'vps_view', 'vps_create', 'vps_manage', 'organization_view', 'notes_manage', 'ssh_keys_view', 'tickets_view',
        'tickets_create', 'billing_view', 'egress_view', 'hosting_view', 'hosting_manage', 'vps_console'
    ]),
    ('vps_manager', 'VPS manager', 'ORGANIZATION', array[
        'vps_view', 'vps_create', 'vps_manage', 'organization_view', 'ssh_keys_view', 'ssh_keys_manage', 'vps_console'
    ]),
    ('hosting_manager', 'Hosting manager', 'ORGANIZATION', array[
        'organization_view', 'ssh_keys_view', 'tickets_view', 'tickets_create', 'billing_view', 'egress_view',
        'hosting_view', 'hosting_manage'
    ]),
    ('support_agent', 'Support agent', 'ORGANIZATION', array[
        'organization_view', 'tickets_view', 'tickets_create', 'tickets_manage', 'hosting_view'
    ]),
    ('viewer', 'Viewer', 'ORGANIZATION', array[
        'vps_view', 'organization_view', 'tickets_view', 'hosting_view'
    ]),
    ('staff_owner', 'Owner', 'STAFF', array[
        'staff_customers_view', 'staff_customers_manage', 'staff_plans_view', 'staff_plans_manage',
        'staff_services_view', 'staff_services_manage', 'staff_billing_view', 'staff_billing_manage',
        'staff_accounting_view', 'staff_audit_view', 'staff_members_manage', 'staff_settings_manage',
        'staff_providers_view', 'staff_providers_manage', 'staff_customers_impersonate', 'staff_adjustments_approve'
    ]),
    ('staff_billing', 'Billing', 'STAFF', array[
        'staff_customers_view', 'staff_plans_view', 'staff_services_view', 'staff_billing_view',
        'staff_billing_manage', 'staff_accounting_view', 'staff_providers_view', 'staff_adjustments_approve'
    ]),
    ('staff_support', 'Support', 'STAFF', array[
        'staff_customers_view', 'staff_customers_manage', 'staff_plans_view', 'staff_services_view',
        'staff_services_manage', 'staff_billing_view', 'staff_providers_view', 'staff_customers_impersonate'
    ]),
    ('operator_owner', 'Platform owner', 'OPERATOR', array[
        'platform_tenants_view', 'platform_tenants_manage', 'platform_charging_view', 'platform_charging_manage',
        'platform_auditor_run', 'platform_health_view', 'platform_audit_view', 'platform_operators_manage'
    ]),
    ('operator_viewer', 'Platform viewer', 'OPERATOR', array[
        'platform_tenants_view', 'platform_charging_view', 'platform_health_view', 'platform_audit_view'
    ]);

create table membership (
    organization_id uuid not null,
    person_id uuid not null,
    role text not null,
    role_kind text not null generated always as ('ORGANIZATION') stored,
    joined_at timestamptz not null,
    -- the name typed by the inviting organization, which sees it until a person with an account elsewhere accepts
    invited_name text,
    invited_at timestamptz,
    constraint membership_pk primary key (organization_id, person_id),
    constraint membership_organization_fk foreign key (organization_id) references organization (id),
    constraint membership_person_fk foreign key (person_id) references person (id),
    constraint membership_role_fk foreign key (role, role_kind) references role (code, kind),
    constraint membership_invited_ck check ((invited_name is null) = (invited_at is null))
);
create index membership_person_ix on membership (person_id);
comment on table membership is 'A person acts for an organization in one role';

create table api_key (
    id uuid not null,
    prefix text not null,
    secret_hash bytea not null,
    name text not null,
    person_id uuid not null,
    organization_id uuid,
    scopes text[] not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz,
    -- revoked together with the key that created it
    created_with uuid,
    constraint api_key_pk primary key (id),
    constraint api_key_person_fk foreign key (person_id) references person (id),
    constraint api_key_organization_fk foreign key (organization_id) references organization (id),
    constraint api_key_created_with_fk foreign key (created_with) references api_key (id),
    constraint api_key_prefix_uq unique (prefix),
    constraint api_key_secret_hash_ck check (octet_length(secret_hash) = 32),
    constraint api_key_name_ck check (length(name) between 1 and 80)
);
create index api_key_person_ix on api_key (person_id);
create index api_key_organization_ix on api_key (organization_id);
create index api_key_created_with_ix on api_key (created_with) where created_with is not null;
comment on table api_key is 'secret: hashes of API keys';

create table membership_invitation (
    id uuid not null,
    organization_id uuid not null,
    person_id uuid not null,
    email text not null,
    name text not null,
    role text not null,
    role_kind text not null generated always as ('ORGANIZATION') stored,
    invited_by uuid not null,
    -- withdrawn with this key
    created_with uuid,
    invited_at timestamptz not null,
    sent_at timestamptz not null,
    expires_at timestamptz not null,
    state text not null default 'OPEN',
    decided_at timestamptz,
    constraint membership_invitation_pk primary key (id),
    constraint membership_invitation_organization_fk foreign key (organization_id) references organization (id),
    constraint membership_invitation_person_fk foreign key (person_id) references person (id),
    constraint membership_invitation_invited_by_fk foreign key (invited_by) references person (id),
    constraint membership_invitation_created_with_fk foreign key (created_with) references api_key (id),
    constraint membership_invitation_role_fk foreign key (role, role_kind) references role (code, kind),
    constraint membership_invitation_email_ck check (length(email) between 3 and 254),
    constraint membership_invitation_name_ck check (length(name) between 1 and 120),
    constraint membership_invitation_life_ck check (expires_at > sent_at and sent_at >= invited_at),
    constraint membership_invitation_state_ck check (state in ('OPEN', 'ACCEPTED', 'DECLINED', 'WITHDRAWN')),
    constraint membership_invitation_decided_ck check ((state = 'OPEN') = (decided_at is null))
);
comment on table membership_invitation is 'A person is asked to act for an organization; a member only after accepting. email and name as they were typed';
create unique index membership_invitation_open_uq on membership_invitation (organization_id, person_id) where state = 'OPEN';
create index membership_invitation_person_ix on membership_invitation (person_id);
create index membership_invitation_invited_by_ix on membership_invitation (invited_by);
create index membership_invitation_created_with_ix on membership_invitation (created_with) where created_with is not null;

create table one_time_link (
    token_hash bytea not null,
    person_id uuid not null,
    purpose text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    invitation_id uuid,
    -- who issued the invitation, null for the system, and with which key: it is revoked together with these
    created_by uuid,
    created_with uuid,
    constraint one_time_link_pk primary key (token_hash),
    constraint one_time_link_person_fk foreign key (person_id) references person (id),
    constraint one_time_link_created_by_fk foreign key (created_by) references person (id),
    constraint one_time_link_created_with_fk foreign key (created_with) references api_key (id),
    constraint one_time_link_invitation_fk foreign key (invitation_id) references membership_invitation (id),
    constraint one_time_link_token_hash_ck check (octet_length(token_hash) = 32),
    constraint one_time_link_purpose_ck check (purpose in ('INVITE', 'RESET')),
    constraint one_time_link_life_ck check (expires_at > created_at)
);
create index one_time_link_person_ix on one_time_link (person_id);
create index one_time_link_created_by_ix on one_time_link (created_by) where created_by is not null;
create index one_time_link_created_with_ix on one_time_link (created_with) where created_with is not null;
create index one_time_link_invitation_ix on one_time_link (invitation_id) where invitation_id is not null;
comment on table one_time_link is 'secret: hashes of one-time links';

create table staff_member (
    person_id uuid not null,
    role text not null,
    role_kind text not null,
    joined_at timestamptz not null,
    -- null for the system; until the person has a password, the role ends with the account or the key that gave it
    invited_by uuid,
    invited_with uuid,
    constraint staff_member_pk primary key (person_id),
    constraint staff_member_person_fk foreign key (person_id) references person (id),
    constraint staff_member_invited_by_fk foreign key (invited_by) references person (id),
    constraint staff_member_invited_with_fk foreign key (invited_with) references api_key (id),
    constraint staff_member_role_fk foreign key (role, role_kind) references role (code, kind),
    constraint staff_member_role_kind_ck check (role_kind in ('STAFF', 'OPERATOR'))
);
create index staff_member_invited_by_ix on staff_member (invited_by) where invited_by is not null;
create index staff_member_invited_with_ix on staff_member (invited_with) where invited_with is not null;
comment on table staff_member is 'A person acts for the reseller (STAFF) or, in the platform''s own copy, for the platform (OPERATOR)';

create table web_session (
    id uuid not null,
    person_id uuid not null,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    ended_at timestamptz,
    address text not null,
    user_agent text not null,
    constraint web_session_pk primary key (id),
    constraint web_session_person_fk foreign key (person_id) references person (id)
);
create index web_session_person_ix on web_session (person_id, created_at);
comment on table web_session is 'secret: signed-in sessions';

-- Staff may impersonate a customer, for half an hour at most, and state a reason.
create table impersonation (
    id uuid not null,
    session_id uuid not null,
    person_id uuid not null,
    organization_id uuid not null,
    reason text not null,
    started_at timestamptz not null,
    ends_at timestamptz not null,
    ended_at timestamptz,
    constraint impersonation_pk primary key (id),
    constraint impersonation_session_fk foreign key (session_id) references web_session (id) on delete cascade,
    constraint impersonation_person_fk foreign key (person_id) references person (id),
    constraint impersonation_organization_fk foreign key (organization_id) references organization (id),
    constraint impersonation_reason_ck check (length(reason) between 5 and 200),
    constraint impersonation_life_ck check (ends_at > started_at and ends_at <= started_at + interval '30 minutes')
);
create unique index impersonation_open_uq on impersonation (session_id) where ended_at is null;
create index impersonation_session_ix on impersonation (session_id);
create index impersonation_person_ix on impersonation (person_id);
create index impersonation_organization_ix on impersonation (organization_id, started_at);
comment on table impersonation is 'a member of staff acts for an organization, in one session; over at ends_at, when ended, or with the session; the actions are in audit_record';

-- Invitations are emails in the name of a brand: an organization and a reseller send a limited number per hour.
create table invitation (
    id uuid not null,
    organization_id uuid,
    member_id uuid,
    created_at timestamptz not null,
    constraint invitation_pk primary key (id),
    constraint invitation_organization_fk foreign key (organization_id) references organization (id),
    constraint invitation_member_fk foreign key (member_id) references person (id)
);
create index invitation_made_at_ix on invitation (created_at);
create index invitation_organization_ix on invitation (organization_id, created_at);
create index invitation_member_ix on invitation (member_id, created_at);
comment on column invitation.member_id is 'The member who invited; null for staff and operators, who have a limit of their own';
comment on table invitation is 'That somebody was invited, for an organization or for the staff; kept for a day, to count them';

-- What other packages may read.
create view organization_label_v with (security_invoker) as
select id, name
  from organization;
comment on view organization_label_v is 'what an organization is called';
create view member_permission_v with (security_invoker) as
select m.person_id, m.organization_id, r.permissions
  from membership m
  join role r on r.code = m.role;
comment on view member_permission_v is 'who may do what for an organization';
create view staff_permission_v with (security_invoker) as
select s.person_id, r.permissions
  from staff_member s
  join role r on r.code = s.role;
comment on view staff_permission_v is 'what staff may do';
