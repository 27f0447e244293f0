--liquibase formatted sql

--changeset charging:0003 splitStatements:false
--comment A service that is not charged for a while. It is the reseller's.
create table charge_pause (
    closed_id bigint not null,
    service_id uuid not null,
    paused_at timestamptz not null,
    resumed_at timestamptz,
    constraint charge_pause_pk primary key (closed_id),
    constraint charge_pause_period_fk foreign key (closed_id) references rated_period (id),
    constraint charge_pause_times_ck check (resumed_at >= paused_at)
);
create unique index charge_pause_open_uq on charge_pause (service_id) where resumed_at is null;
create index charge_pause_service_ix on charge_pause (service_id, closed_id);
comment on table charge_pause is 'a service that was charged up to paused_at and is charged again from resumed_at on, or never if it ended before; closed_id: its last rated period before that, so that the next one follows it';

create function refuse_pause_change() returns trigger language plpgsql as $$
begin
    if old.resumed_at is not null
       or new.resumed_at is null
       or (new.closed_id, new.service_id, new.paused_at) is distinct from (old.closed_id, old.service_id, old.paused_at) then
        raise exception 'charging of service % was paused as it was: that stays', old.service_id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;

create trigger charge_pause_kept before update on charge_pause for each row execute function refuse_pause_change();
create trigger charge_pause_stays before delete or truncate on charge_pause
    for each statement execute function refuse_history_change();
--rollback drop table charge_pause; drop function refuse_pause_change;
