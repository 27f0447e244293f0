--liquibase formatted sql

--changeset identity:0009
--comment Nobody becomes a member of an organization without agreeing: an invitation waits for its person, known or new, and looks the same to those who made it.
create table membership_invitation (
    id uuid not null,
    organization_id uuid not null,
    person_id uuid not null,
    email text not null,
    name text not null,
    role text not null,
    role_kind text not null generated always as ('ORGANIZATION') stored,
    invited_by uuid not null,
    invited_at timestamptz not null,
    sent_at timestamptz not null,
    expires_at timestamptz not null,
    state text not null default 'OPEN',
    decided_at timestamptz,
    constraint membership_invitation_pk primary key (id),
    constraint membership_invitation_organization_fk foreign key (organization_id) references organization (id),
    constraint membership_invitation_person_fk foreign key (person_id) references person (id),
    constraint membership_invitation_invited_by_fk foreign key (invited_by) references person (id),
    constraint membership_invitation_role_fk foreign key (role, role_kind) references role (code, kind),
    constraint membership_invitation_email_ck check (length(email) between 3 and 254),
    constraint membership_invitation_name_ck check (length(name) between 1 and 120),
    constraint membership_invitation_life_ck check (expires_at > sent_at and sent_at >= invited_at),
    constraint membership_invitation_state_ck check (state in ('OPEN', 'ACCEPTED', 'DECLINED', 'WITHDRAWN')),
    constraint membership_invitation_decided_ck check ((state = 'OPEN') = (decided_at is null))
);
comment on table membership_invitation is 'Somebody is asked to act for an organization; a member only once they accept. email and name as they were typed';
create unique index membership_invitation_open_uq on membership_invitation (organization_id, person_id) where state = 'OPEN';
create index membership_invitation_person_ix on membership_invitation (person_id);
create index membership_invitation_invited_by_ix on membership_invitation (invited_by);

alter table one_time_link add column invitation_id uuid;
alter table one_time_link add constraint one_time_link_invitation_fk foreign key (invitation_id) references membership_invitation (id);
create index one_time_link_invitation_ix on one_time_link (invitation_id) where invitation_id is not null;
--rollback alter table one_time_link drop column invitation_id; drop table membership_invitation;
