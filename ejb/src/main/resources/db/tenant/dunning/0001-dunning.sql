--liquibase formatted sql

--changeset dunning:0001
--comment What is done about debts, step by step, and what was done. All of it is the reseller's.
create table dunning_ladder (
    version integer not null,
    made_at timestamptz not null,
    made_by text not null,
    constraint dunning_ladder_pk primary key (version),
    constraint dunning_ladder_version_ck check (version > 0)
);
comment on table dunning_ladder is 'append-only: versions of what is done about debts; the last one holds for everybody from the moment it is made';

create table dunning_rung (
    version integer not null,
    position integer not null,
    act text not null,
    nth integer not null,
    days integer not null,
    constraint dunning_rung_pk primary key (version, position),
    constraint dunning_rung_once_uq unique (version, act, nth),
    constraint dunning_rung_ladder_fk foreign key (version) references dunning_ladder (version),
    constraint dunning_rung_act_ck check (act in ('REMIND', 'FINAL_NOTICE', 'SUSPEND', 'TERMINATE')),
    constraint dunning_rung_nth_ck check (nth >= 1 and (act = 'REMIND' or nth = 1)),
    constraint dunning_rung_days_ck check (days between 0 and 365)
);
comment on table dunning_rung is 'append-only: a step of a ladder; nth counts those of one kind; days: so long after the letters of the step before it have gone out, of the first after the debt began';

create table dunning_episode (
    id uuid not null,
    wallet_id uuid not null,
    began_at timestamptz not null,
    ended_at timestamptz,
    constraint dunning_episode_pk primary key (id),
    constraint dunning_episode_wallet_fk foreign key (wallet_id) references wallet (id),
    constraint dunning_episode_times_ck check (ended_at >= began_at)
);
create unique index dunning_episode_open_uq on dunning_episode (wallet_id) where ended_at is null;
create index dunning_episode_wallet_ix on dunning_episode (wallet_id, began_at);
comment on table dunning_episode is 'a wallet is in debt, further below zero than its credit limit, until money comes; ended in the transaction of that money';

create table dunning_step (
    id uuid not null,
    episode_id uuid not null,
    act text not null,
    nth integer not null,
    version integer not null,
    taken_at timestamptz not null,
    currency char(3) not null,
    missing numeric(20, 8) not null,
    letters text[] not null,
    reached_at timestamptz,
    constraint dunning_step_pk primary key (id),
    constraint dunning_step_once_uq unique (episode_id, act, nth),
    constraint dunning_step_episode_fk foreign key (episode_id) references dunning_episode (id),
    constraint dunning_step_rung_fk foreign key (version, act, nth) references dunning_rung (version, act, nth),
    constraint dunning_step_missing_ck check (missing > 0),
    constraint dunning_step_reached_ck check (reached_at >= taken_at)
);
create index dunning_step_unreached_ix on dunning_step (episode_id) where reached_at is null;
comment on table dunning_step is 'a step that was taken, once in an episode; missing: what the wallet was beyond its credit limit then; letters: the keys of its mails; reached_at: when the first of them had gone out';

create table dunning_suspension (
    episode_id uuid not null,
    service_id uuid not null,
    suspended_at timestamptz not null,
    back_at timestamptz,
    ended_at timestamptz,
    constraint dunning_suspension_pk primary key (episode_id, service_id),
    constraint dunning_suspension_episode_fk foreign key (episode_id) references dunning_episode (id),
    constraint dunning_suspension_service_fk foreign key (service_id) references service (id),
    constraint dunning_suspension_end_ck check (back_at is null or ended_at is null)
);
comment on table dunning_suspension is 'a service that was suspended for a debt; back_at: when it was brought back because money had come; ended_at: when it was ended for the debt';

create table dunning_pause (
    id uuid not null,
    organization_id uuid not null,
    reason text not null,
    until timestamptz not null,
    made_at timestamptz not null,
    made_by text not null,
    lifted_at timestamptz,
    lifted_by text,
    constraint dunning_pause_pk primary key (id),
    constraint dunning_pause_organization_fk foreign key (organization_id) references organization (id),
    constraint dunning_pause_reason_ck check (length(reason) between 1 and 200),
    constraint dunning_pause_until_ck check (until > made_at),
    constraint dunning_pause_lifted_ck check ((lifted_at is null) = (lifted_by is null))
);
create unique index dunning_pause_one_uq on dunning_pause (organization_id) where lifted_at is null;
comment on table dunning_pause is 'no step is taken against an organization until then, for a reason that staff give; lifted_at: when it was taken back, or another was made in its place';

insert into dunning_ladder (version, made_at, made_by) values (1, now(), 'nobody');
insert into dunning_rung (version, position, act, nth, days)
values (1, 1, 'REMIND', 1, 1),
       (1, 2, 'REMIND', 2, 3),
       (1, 3, 'FINAL_NOTICE', 1, 3),
       (1, 4, 'SUSPEND', 1, 3);
--rollback drop table dunning_pause; drop table dunning_suspension; drop table dunning_step; drop table dunning_episode; drop table dunning_rung; drop table dunning_ladder;

--changeset dunning:0002 splitStatements:false
--comment A step that was taken stays as it was taken; only when its letters went out is noted, once.
create function refuse_step_change() returns trigger language plpgsql as $$
begin
    if old.reached_at is not null
       or (new.id, new.episode_id, new.act, new.nth, new.version, new.taken_at, new.currency, new.missing, new.letters)
          is distinct from
          (old.id, old.episode_id, old.act, old.nth, old.version, old.taken_at, old.currency, old.missing, old.letters) then
        raise exception 'step % of dunning was taken: it stays as it is', old.id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;

create trigger dunning_step_kept before update on dunning_step for each row execute function refuse_step_change();
create trigger dunning_step_stays before delete or truncate on dunning_step
    for each statement execute function refuse_history_change();
create trigger dunning_ladder_immutable before update or delete or truncate on dunning_ladder
    for each statement execute function refuse_history_change();
create trigger dunning_rung_immutable before update or delete or truncate on dunning_rung
    for each statement execute function refuse_history_change();
--rollback drop trigger dunning_rung_immutable on dunning_rung; drop trigger dunning_ladder_immutable on dunning_ladder; drop trigger dunning_step_stays on dunning_step; drop trigger dunning_step_kept on dunning_step; drop function refuse_step_change;
