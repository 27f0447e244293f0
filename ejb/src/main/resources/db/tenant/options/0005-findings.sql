--liquibase formatted sql

--changeset options:0005
--comment What is to be done about things beside servers that differ at a vendor, what was given back for them, and when each was seen last.
create table option_seen (
    option_id uuid not null,
    seen_at timestamptz not null,
    constraint option_seen_pk primary key (option_id),
    constraint option_seen_option_fk foreign key (option_id) references service_option (id)
);
comment on table option_seen is 'when a look at an account saw last that what is charged for is there, by the clock of the books';

alter table option_finding add column id uuid not null default gen_random_uuid();
alter table option_finding alter column id drop default;
alter table option_finding add column service_id uuid;
alter table option_finding add column state text not null default 'OPEN';
alter table option_finding add column since timestamptz not null default now();
alter table option_finding alter column since drop default;
alter table option_finding add column deed text;
alter table option_finding add column deeds integer not null default 0;
alter table option_finding add column decided_by text;
alter table option_finding add column asked_at timestamptz;
alter table option_finding add column given_back numeric(20, 8) not null default 0;
alter table option_finding add column failure text not null default '';
alter table option_finding add column dismissed_at timestamptz;
alter table option_finding add column dismissed_by text;
alter table option_finding add column reason text;
alter table option_finding add column resolved_at timestamptz;
alter table option_finding add column resolution text;
alter table option_finding add column resolved_by text;
update option_finding set since = first_seen_at;
update option_finding f set service_id = o.service_id from service_option o where o.id = f.option_id;
alter table option_finding drop constraint option_finding_pk;
alter table option_finding add constraint option_finding_pk primary key (id);
alter table option_finding add constraint option_finding_service_fk foreign key (service_id) references service (id);
alter table option_finding add constraint option_finding_option_kind_ck check (option_kind in ('VOLUME', 'BACKUP', 'SNAPSHOT', 'ADDRESS'));
alter table option_finding add constraint option_finding_state_ck check (state in ('OPEN', 'DISMISSED', 'RESOLVED'));
alter table option_finding add constraint option_finding_deed_ck check (
    deed is null
    or confirmed_at is not null and decided_by is not null
       and (deed = 'DELETE' and kind = 'STRAY' and service_id is not null and (option_id is not null or option_kind = 'BACKUP')
            or deed = 'SWITCH' and kind = 'MISSING' and option_kind = 'BACKUP'));
alter table option_finding add constraint option_finding_given_ck check (
    given_back >= 0 and (given_back = 0 or kind = 'MISSING' and option_id is not null and coalesce(resolution, '') = 'ENDED'));
alter table option_finding add constraint option_finding_dismissed_ck check (
    state <> 'DISMISSED' or dismissed_at is not null and dismissed_by is not null and length(trim(reason)) > 0);
alter table option_finding add constraint option_finding_resolved_ck check (
    (state = 'RESOLVED') = (resolved_at is not null) and (resolved_at is null) = (resolution is null));
create unique index option_finding_present_uq on option_finding (account, option_kind, kind, upstream_id, mark, seen_gib) where state <> 'RESOLVED';
create unique index option_finding_given_uq on option_finding (option_id) where given_back > 0;
create index option_finding_service_ix on option_finding (service_id) where service_id is not null;
comment on table option_finding is 'something beside servers at a vendor that nobody is charged for, that somebody is charged for and that is not there, or that is of another size; first and last seen in real time, confirmed at the second look; since: when what is missing was there last, by the clock of the books; deed: what is to be done about it at the vendor, and decided_by whom; failure: in the vendor''s words, for staff; given_back: what was charged since, once for each option';
--rollback delete from option_finding where state <> 'OPEN' or option_kind = 'BACKUP'; drop index option_finding_service_ix; drop index option_finding_given_uq; drop index option_finding_present_uq; delete from option_finding a using option_finding b where a.id > b.id and (a.account, a.option_kind, a.kind, a.upstream_id) = (b.account, b.option_kind, b.kind, b.upstream_id); alter table option_finding drop constraint option_finding_resolved_ck, drop constraint option_finding_dismissed_ck, drop constraint option_finding_given_ck, drop constraint option_finding_deed_ck, drop constraint option_finding_state_ck, drop constraint option_finding_option_kind_ck, drop constraint option_finding_service_fk, drop constraint option_finding_pk; alter table option_finding drop column id, drop column service_id, drop column state, drop column since, drop column deed, drop column deeds, drop column decided_by, drop column asked_at, drop column given_back, drop column failure, drop column dismissed_at, drop column dismissed_by, drop column reason, drop column resolved_at, drop column resolution, drop column resolved_by; alter table option_finding add constraint option_finding_pk primary key (account, option_kind, kind, upstream_id); drop table option_seen;
