--liquibase formatted sql

--changeset dunning:baseline splitStatements:false

-- Dunning: the steps for debts, and the steps taken.
create table dunning_policy (
    version integer not null,
    created_at timestamptz not null,
    created_by text not null,
    charges_suspended boolean not null default true,
    suspends_by text not null default 'POWER',
    constraint dunning_policy_pk primary key (version),
    constraint dunning_policy_version_ck check (version > 0),
    constraint dunning_policy_by_ck check (suspends_by in ('POWER', 'NETWORK'))
);
comment on table dunning_policy is 'append-only: versions of the dunning policy; the last one applies to all customers from its creation on';
comment on column dunning_policy.charges_suspended is 'whether servers suspended for debt are charged as if they were on; add-ons are charged in any case';
comment on column dunning_policy.suspends_by is 'POWER: servers are switched off; NETWORK: they are cut off from the network, and switched off where their provider cannot do this';
insert into dunning_policy (version, created_at, created_by) values (1, now(), 'nobody');
create trigger dunning_policy_immutable before update or delete or truncate on dunning_policy
    for each statement execute function refuse_history_change();

create table dunning_policy_step (
    version integer not null,
    position integer not null,
    action text not null,
    nth integer not null,
    days integer not null,
    -- fee of the step for the customer: never taxed, once, on the next document
    fee_percent numeric(7, 4),
    fee_max numeric(20, 8),
    fee_currency char(3),
    constraint dunning_policy_step_pk primary key (version, position),
    constraint dunning_policy_step_policy_fk foreign key (version) references dunning_policy (version),
    constraint dunning_policy_step_once_uq unique (version, action, nth),
    constraint dunning_policy_step_action_ck check (action in ('REMIND', 'FINAL_NOTICE', 'SUSPEND', 'TERMINATE')),
    constraint dunning_policy_step_nth_ck check (nth >= 1 and (action = 'REMIND' or nth = 1)),
    constraint dunning_policy_step_days_ck check (days between 0 and 365),
    constraint dunning_policy_step_fee_ck check (
        (fee_max is null) = (fee_currency is null) and (fee_percent is null or fee_max is not null) and fee_max > 0
        and fee_percent > 0 and fee_percent <= 100)
);
comment on table dunning_policy_step is 'append-only: a step of a dunning policy; nth counts those of one kind; days: delay after the emails of the previous step were sent, for the first after the debt began';
comment on column dunning_policy_step.fee_max is 'the fee of the step, or the maximum of the percentage of the debt; null: none';
insert into dunning_policy_step (version, position, action, nth, days)
values (1, 1, 'REMIND', 1, 1),
       (1, 2, 'REMIND', 2, 3),
       (1, 3, 'FINAL_NOTICE', 1, 3),
       (1, 4, 'SUSPEND', 1, 3);
create trigger dunning_policy_step_immutable before update or delete or truncate on dunning_policy_step
    for each statement execute function refuse_history_change();

create table dunning_case (
    id uuid not null,
    wallet_id uuid not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    constraint dunning_case_pk primary key (id),
    constraint dunning_case_wallet_fk foreign key (wallet_id) references wallet (id),
    constraint dunning_case_times_ck check (ended_at >= started_at)
);
create unique index dunning_case_open_uq on dunning_case (wallet_id) where ended_at is null;
create index dunning_case_wallet_ix on dunning_case (wallet_id, started_at);
comment on table dunning_case is 'a wallet in debt, further below zero than its credit limit, until it is credited; ended in the transaction of that money';

create table dunning_step (
    id uuid not null,
    case_id uuid not null,
    action text not null,
    nth integer not null,
    version integer not null,
    taken_at timestamptz not null,
    currency char(3) not null,
    shortfall numeric(20, 8) not null,
    mail_keys text[] not null,
    reached_at timestamptz,
    fee numeric(20, 8) not null default 0,
    fee_entry_id bigint,
    turn integer not null default 1,
    constraint dunning_step_pk primary key (id),
    constraint dunning_step_case_fk foreign key (case_id) references dunning_case (id),
    constraint dunning_step_policy_step_fk foreign key (version, action, nth) references dunning_policy_step (version, action, nth),
    constraint dunning_step_fee_fk foreign key (fee_entry_id) references journal_entry (id),
    constraint dunning_step_fee_uq unique (fee_entry_id),
    constraint dunning_step_once_uq unique (case_id, action, nth, turn),
    constraint dunning_step_case_uq unique (id, case_id),
    constraint dunning_step_shortfall_ck check (shortfall > 0),
    constraint dunning_step_reached_ck check (reached_at >= taken_at),
    constraint dunning_step_fee_ck check (fee >= 0 and (fee > 0) = (fee_entry_id is not null)),
    constraint dunning_step_turn_ck check (
        turn = 1 or turn > 1 and action in ('SUSPEND', 'TERMINATE') and fee = 0)
);
create index dunning_step_unreached_ix on dunning_step (case_id) where reached_at is null;
comment on table dunning_step is 'a step taken, or a turn of it, once in a dunning case; shortfall: amount beyond the wallet''s credit limit at that time; mail_keys: the keys of its emails; reached_at: when the first of them had been sent';
comment on column dunning_step.fee is 'the fee of the step; fee_entry_id: the entry by which the wallet paid it';
create trigger dunning_step_guarded before update on dunning_step for each row execute function refuse_step_change();
create trigger dunning_step_not_deleted before delete or truncate on dunning_step
    for each statement execute function refuse_history_change();

create table dunning_suspension (
    case_id uuid not null,
    service_id uuid not null,
    suspended_at timestamptz not null,
    resumed_at timestamptz,
    ended_at timestamptz,
    step_id uuid not null,
    end_step_id uuid,
    suspended_by text not null default 'POWER',
    constraint dunning_suspension_pk primary key (case_id, service_id),
    constraint dunning_suspension_case_fk foreign key (case_id) references dunning_case (id),
    constraint dunning_suspension_service_fk foreign key (service_id) references service (id),
    constraint dunning_suspension_step_fk foreign key (step_id, case_id)
        references dunning_step (id, case_id) deferrable initially deferred,
    constraint dunning_suspension_end_step_fk foreign key (end_step_id, case_id)
        references dunning_step (id, case_id) deferrable initially deferred,
    constraint dunning_suspension_end_ck check (resumed_at is null or ended_at is null),
    constraint dunning_suspension_ended_ck check (ended_at is null or end_step_id is not null),
    constraint dunning_suspension_by_ck check (suspended_by in ('POWER', 'NETWORK'))
);
comment on table dunning_suspension is 'a service suspended for a debt, once in a dunning case; step_id: turn of the suspension; end_step_id: turn of its scheduled termination; resumed_at: when it was resumed after payment; ended_at: when it was terminated for the debt';
comment on column dunning_suspension.suspended_by is 'planned means of suspension, by the policy and its provider''s abilities; where that was refused afterwards its service was switched off, and records this';

create table dunning_pause (
    id uuid not null,
    organization_id uuid not null,
    reason text not null,
    until timestamptz not null,
    created_at timestamptz not null,
    created_by text not null,
    lifted_at timestamptz,
    lifted_by text,
    constraint dunning_pause_pk primary key (id),
    constraint dunning_pause_organization_fk foreign key (organization_id) references organization (id),
    constraint dunning_pause_reason_ck check (length(reason) between 1 and 200),
    constraint dunning_pause_until_ck check (until > created_at),
    constraint dunning_pause_lifted_ck check ((lifted_at is null) = (lifted_by is null))
);
create unique index dunning_pause_one_uq on dunning_pause (organization_id) where lifted_at is null;
comment on table dunning_pause is 'no step is taken against an organization until then, for a reason given by staff; lifted_at: when it was revoked, or replaced by another';

-- A version of the policy may treat the services of a plan differently, so that they are suspended and terminated in turns.
create table dunning_plan_rule (
    version integer not null,
    plan_id uuid not null,
    extra_suspend_days integer,
    extra_terminate_days integer,
    charges_suspended boolean,
    constraint dunning_plan_rule_pk primary key (version, plan_id),
    constraint dunning_plan_rule_policy_fk foreign key (version) references dunning_policy (version),
    constraint dunning_plan_rule_plan_fk foreign key (plan_id) references plan (id),
    constraint dunning_plan_rule_days_ck check (extra_suspend_days between 0 and 365 and extra_terminate_days between 0 and 365),
    constraint dunning_plan_rule_off_ck check (extra_suspend_days is not null or extra_terminate_days is not distinct from 0 and charges_suspended is null)
);
comment on table dunning_plan_rule is 'append-only: rules of a policy version for the services of a plan; number of additional days until they are suspended, and then terminated, null: never for debt; charges_suspended: while they are suspended, null: as in the policy';
create trigger dunning_plan_rule_immutable before update or delete or truncate on dunning_plan_rule
    for each statement execute function refuse_history_change();

-- Reminders a number of hours before a wallet's money runs out.
create table dunning_reminder_rule (
    version integer not null,
    hours integer not null,
    constraint dunning_reminder_rule_pk primary key (version, hours),
    constraint dunning_reminder_rule_policy_fk foreign key (version) references dunning_policy (version),
    constraint dunning_reminder_rule_hours_ck check (hours between 1 and 8760)
);
comment on table dunning_reminder_rule is 'append-only: a version of the policy reminds this many hours before the money runs out at the current pace';
insert into dunning_reminder_rule (version, hours) values (1, 72);
create trigger dunning_reminder_rule_immutable before update or delete or truncate on dunning_reminder_rule
    for each statement execute function refuse_history_change();

create table dunning_reminder (
    id uuid not null,
    wallet_id uuid not null,
    hours integer not null,
    version integer not null,
    notified_at timestamptz not null,
    currency char(3) not null,
    balance numeric(20, 8) not null,
    hourly_cost numeric(20, 8) not null,
    mail_keys text[] not null,
    over_at timestamptz,
    constraint dunning_reminder_pk primary key (id),
    constraint dunning_reminder_wallet_fk foreign key (wallet_id) references wallet (id),
    constraint dunning_reminder_rule_fk foreign key (version, hours) references dunning_reminder_rule (version, hours),
    constraint dunning_reminder_below_ck check (hourly_cost > 0 and balance < hourly_cost * hours),
    constraint dunning_reminder_over_ck check (over_at >= notified_at)
);
create unique index dunning_reminder_once_uq on dunning_reminder (wallet_id, hours) where over_at is null;
create index dunning_reminder_wallet_ix on dunning_reminder (wallet_id, notified_at);
comment on table dunning_reminder is 'a wallet was found to last for less than so many hours, once until it is above them again; mail_keys: the keys of its emails, none if a more urgent reminder, or that of an empty wallet, covered it; over_at: when it was above';
create trigger dunning_reminder_guarded before update on dunning_reminder for each row execute function refuse_reminder_change();
create trigger dunning_reminder_not_deleted before delete or truncate on dunning_reminder
    for each statement execute function refuse_history_change();

-- What other packages may read.
create view late_fee_v with (security_invoker) as
select fee_entry_id, nth, shortfall
  from dunning_step
 where fee_entry_id is not null;
comment on view late_fee_v is 'for which step a late fee was taken';
