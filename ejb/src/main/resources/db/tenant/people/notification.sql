--liquibase formatted sql

--changeset notification:baseline splitStatements:false

-- Notifications, one row per person; stored by the reseller for members and staff, by the platform for operators.
create table notification (
    id bigint generated always as identity,
    person_id uuid not null,
    organization_id uuid,
    permission text,
    kind text not null,
    subject text not null,
    detail text not null default '',
    path text not null default '',
    key text not null,
    created_at timestamptz not null,
    read_at timestamptz,
    mailed_at timestamptz,
    constraint notification_pk primary key (id),
    constraint notification_person_fk foreign key (person_id) references person (id),
    constraint notification_organization_fk foreign key (organization_id) references organization (id),
    constraint notification_once_uq unique (person_id, key),
    constraint notification_kind_ck check (kind ~ '^[A-Z][A-Z_]{2,40}$'),
    constraint notification_path_ck check (path ~ '^([a-z][a-z0-9/?=&.-]*)?$')
);
create index notification_person_ix on notification (person_id, id desc);
create index notification_unread_ix on notification (person_id) where read_at is null;
create index notification_created_ix on notification (created_at);
create index notification_unmailed_ix on notification (id)
    where mailed_at is null and kind in ('WALLET_LOW', 'WALLET_EMPTY', 'WALLET_OVER_LIMIT', 'CONTACT_MESSAGE', 'PROVIDER_PRICE_CHANGED', 'SERVICE_FAILED', 'TRANSFER_NEARLY_USED', 'TRANSFER_USED', 'SERVICE_SUSPENDED', 'SERVICE_RESUMED', 'OWNER_LINK_SENT', 'WHOLESALE_WITHDRAWN', 'MEMBER_LOCKED', 'MEMBER_UNLOCKED');
comment on table notification is 'a notification to a person: subject is its object, path its target on the person''s own surface; shown only while the person has the permission, if there is one, in the organization or on the staff; the same key notifies a person once';
comment on column notification.mailed_at is 'when its email was written, or found not to be needed; only for the kinds in the index of pending ones';
