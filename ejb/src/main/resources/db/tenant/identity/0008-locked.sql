--liquibase formatted sql

--changeset identity:0008-locked
--comment A locked account is stopped for security, whatever it owns; a password from before the lock is not accepted afterwards.
alter table person drop constraint person_state_ck;
alter table person add constraint person_state_ck check (state in ('ACTIVE', 'DISABLED', 'LOCKED'));
alter table person add column locked_reason text;
alter table person add column locked_at timestamptz;
alter table person add column locked_by text;
alter table person add column is_locked_by_platform boolean not null default false;
alter table person add constraint person_locked_ck check (
    (state = 'LOCKED') = (locked_reason is not null)
    and num_nonnulls(locked_reason, locked_at, locked_by) in (0, 3)
    and (state = 'LOCKED' or not is_locked_by_platform));
alter table person add constraint person_locked_reason_ck check (length(locked_reason) between 5 and 200);
comment on column person.is_locked_by_platform is 'operators locked a person of the reseller; only they unlock it';
alter table credential add column void_since timestamptz;
comment on column credential.void_since is 'the account was locked, so this password may be known to others: it does not let anybody in';
--rollback alter table credential drop column void_since; alter table person drop constraint person_locked_ck; alter table person drop column is_locked_by_platform, drop column locked_by, drop column locked_at, drop column locked_reason; alter table person drop constraint person_state_ck; alter table person add constraint person_state_ck check (state in ('ACTIVE', 'DISABLED'));
