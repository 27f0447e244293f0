--liquibase formatted sql

--changeset dunning:0007
--comment A version of the ladder may treat the services of a plan otherwise, so that switching off and ending are taken in turns.
create table dunning_plan_rule (
    version integer not null,
    plan_id uuid not null,
    suspend_more integer,
    terminate_more integer,
    charges_suspended boolean,
    constraint dunning_plan_rule_pk primary key (version, plan_id),
    constraint dunning_plan_rule_ladder_fk foreign key (version) references dunning_ladder (version),
    constraint dunning_plan_rule_plan_fk foreign key (plan_id) references plan (id),
    constraint dunning_plan_rule_days_ck check (suspend_more between 0 and 365 and terminate_more between 0 and 365),
    constraint dunning_plan_rule_off_ck check (suspend_more is not null or terminate_more is not distinct from 0 and charges_suspended is null)
);
comment on table dunning_plan_rule is 'append-only: what a version of the ladder says of the services of a plan; so many days more than the ladder says until they are switched off, and ended after that, null: never for debt; charges_suspended: while they are off, null: as the ladder says';
create trigger dunning_plan_rule_immutable before update or delete or truncate on dunning_plan_rule
    for each statement execute function refuse_history_change();

alter table dunning_step add column turn integer not null default 1;
alter table dunning_step drop constraint dunning_step_once_uq;
alter table dunning_step add constraint dunning_step_once_uq unique (episode_id, act, nth, turn);
alter table dunning_step add constraint dunning_step_episode_uq unique (id, episode_id);
alter table dunning_step add constraint dunning_step_turn_ck check (
    turn = 1 or turn > 1 and act in ('SUSPEND', 'TERMINATE') and fee = 0);
comment on table dunning_step is 'a step that was taken, or a turn of it, once in an episode; missing: what the wallet was beyond its credit limit then; letters: the keys of its mails; reached_at: when the first of them had gone out';

alter table dunning_suspension add column step_id uuid;
alter table dunning_suspension add column end_step_id uuid;
update dunning_suspension d
   set step_id = s.id,
       end_step_id = (select t.id from dunning_step t where t.episode_id = d.episode_id and t.act = 'TERMINATE')
  from dunning_step s
 where s.episode_id = d.episode_id and s.act = 'SUSPEND';
alter table dunning_suspension alter column step_id set not null;
alter table dunning_suspension add constraint dunning_suspension_step_fk foreign key (step_id, episode_id)
    references dunning_step (id, episode_id) deferrable initially deferred;
alter table dunning_suspension add constraint dunning_suspension_end_step_fk foreign key (end_step_id, episode_id)
    references dunning_step (id, episode_id) deferrable initially deferred;
alter table dunning_suspension add constraint dunning_suspension_ended_ck check (ended_at is null or end_step_id is not null);
comment on table dunning_suspension is 'a service that was suspended for a debt, once in an episode; step_id: in which turn; end_step_id: in which turn it was to be ended; back_at: when it was brought back because money had come; ended_at: when it was ended for the debt';
--rollback alter table dunning_suspension drop column end_step_id, drop column step_id; alter table dunning_step disable trigger dunning_step_stays; delete from dunning_step where turn > 1; alter table dunning_step enable trigger dunning_step_stays; alter table dunning_step drop constraint dunning_step_turn_ck, drop constraint dunning_step_episode_uq, drop constraint dunning_step_once_uq, drop column turn; alter table dunning_step add constraint dunning_step_once_uq unique (episode_id, act, nth); drop table dunning_plan_rule;

--changeset dunning:0008 splitStatements:false
--comment Which turn of a step was taken stays as it was.
create or replace function refuse_step_change() returns trigger language plpgsql as $$
begin
    if old.reached_at is not null
       or (new.id, new.episode_id, new.act, new.nth, new.turn, new.version, new.taken_at, new.currency, new.missing, new.letters, new.fee, new.fee_entry_id)
          is distinct from
          (old.id, old.episode_id, old.act, old.nth, old.turn, old.version, old.taken_at, old.currency, old.missing, old.letters, old.fee, old.fee_entry_id) then
        raise exception 'step % of dunning was taken: it stays as it is', old.id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
--rollback create or replace function refuse_step_change() returns trigger language plpgsql as $$ begin if old.reached_at is not null or (new.id, new.episode_id, new.act, new.nth, new.version, new.taken_at, new.currency, new.missing, new.letters, new.fee, new.fee_entry_id) is distinct from (old.id, old.episode_id, old.act, old.nth, old.version, old.taken_at, old.currency, old.missing, old.letters, old.fee, old.fee_entry_id) then raise exception 'step % of dunning was taken: it stays as it is', old.id using errcode = 'restrict_violation'; end if; return new; end $$;
