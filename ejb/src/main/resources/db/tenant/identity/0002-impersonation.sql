--liquibase formatted sql

--changeset identity:impersonation
--comment Staff may act for a customer, for half an hour at most, and say why.
create table impersonation (
    id uuid not null,
    session_id uuid not null,
    person_id uuid not null,
    organization_id uuid not null,
    reason text not null,
    began_at timestamptz not null,
    ends_at timestamptz not null,
    ended_at timestamptz,
    constraint impersonation_pk primary key (id),
    constraint impersonation_session_fk foreign key (session_id) references web_session (id) on delete cascade,
    constraint impersonation_person_fk foreign key (person_id) references person (id),
    constraint impersonation_organization_fk foreign key (organization_id) references organization (id),
    constraint impersonation_reason_ck check (length(reason) between 5 and 200),
    constraint impersonation_life_ck check (ends_at > began_at and ends_at <= began_at + interval '30 minutes')
);
comment on table impersonation is 'a person of the staff acts for an organization, in one session; over at ends_at, when ended, or with the session; what was done is in audit_record';
create unique index impersonation_open_uq on impersonation (session_id) where ended_at is null;
create index impersonation_session_ix on impersonation (session_id);
create index impersonation_person_ix on impersonation (person_id);
create index impersonation_organization_ix on impersonation (organization_id, began_at);

update role
   set permissions = permissions || array['staff_customers_act']
 where code in ('staff_owner', 'staff_support');
--rollback update role set permissions = array_remove(permissions, 'staff_customers_act') where kind = 'STAFF'; drop table impersonation;
