--liquibase formatted sql

--changeset identity:invitation
--comment Invitations are letters in the name of a brand: an organization and a reseller send a limited number in an hour.
create table invitation (
    id uuid not null,
    organization_id uuid,
    made_at timestamptz not null,
    constraint invitation_pk primary key (id),
    constraint invitation_organization_fk foreign key (organization_id) references organization (id)
);
comment on table invitation is 'That somebody was invited, for an organization or for the staff; kept for a day, to count them';
create index invitation_made_at_ix on invitation (made_at);
create index invitation_organization_ix on invitation (organization_id, made_at);
--rollback drop table invitation;
