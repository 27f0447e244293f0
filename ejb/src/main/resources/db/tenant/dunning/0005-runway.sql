--liquibase formatted sql

--changeset dunning:0009
--comment How long before a wallet's money runs out people are reminded is said by the ladder; until now it was one notice, when a wallet crossed to low.
create table dunning_runway (
    version integer not null,
    hours integer not null,
    constraint dunning_runway_pk primary key (version, hours),
    constraint dunning_runway_ladder_fk foreign key (version) references dunning_ladder (version),
    constraint dunning_runway_hours_ck check (hours between 1 and 8760)
);
comment on table dunning_runway is 'append-only: a version of the ladder reminds so many hours before the money runs out at the present pace';
create trigger dunning_runway_immutable before update or delete or truncate on dunning_runway
    for each statement execute function refuse_history_change();
insert into dunning_runway (version, hours)
select l.version, y.low_hours from dunning_ladder l cross join wallet_policy y;

create table dunning_reminder (
    id uuid not null,
    wallet_id uuid not null,
    hours integer not null,
    version integer not null,
    told_at timestamptz not null,
    currency char(3) not null,
    balance numeric(20, 8) not null,
    burn_per_hour numeric(20, 8) not null,
    letters text[] not null,
    over_at timestamptz,
    constraint dunning_reminder_pk primary key (id),
    constraint dunning_reminder_wallet_fk foreign key (wallet_id) references wallet (id),
    constraint dunning_reminder_runway_fk foreign key (version, hours) references dunning_runway (version, hours),
    constraint dunning_reminder_below_ck check (burn_per_hour > 0 and balance < burn_per_hour * hours),
    constraint dunning_reminder_over_ck check (over_at >= told_at)
);
create unique index dunning_reminder_once_uq on dunning_reminder (wallet_id, hours) where over_at is null;
create index dunning_reminder_wallet_ix on dunning_reminder (wallet_id, told_at);
comment on table dunning_reminder is 'a wallet was found to last for less than so many hours, once until it is above them again; letters: the keys of its mails, none if a tighter reminder, or that nothing is left, told more; over_at: when it was above';

-- Whoever was told already that the wallet is low is not told again.
insert into dunning_reminder (id, wallet_id, hours, version, told_at, currency, balance, burn_per_hour, letters)
select gen_random_uuid(), w.id, y.low_hours, (select max(version) from dunning_ladder),
       coalesce((select max(v.at) from wallet_event v where v.wallet_id = w.id and v.kind = 'LOW'), now()),
       w.currency, w.balance, w.burn_per_hour, '{}'
  from wallet w
 cross join wallet_policy y
 where w.alert > 0
   and w.burn_per_hour > 0
   and w.balance < w.burn_per_hour * y.low_hours;
--rollback drop table dunning_reminder; drop table dunning_runway;

--changeset dunning:0010 splitStatements:false
--comment A reminder stays as it was; that a wallet is low is told by the ladder and no more by the crossing, which is still noted.
create function refuse_reminder_change() returns trigger language plpgsql as $$
begin
    if old.over_at is not null
       or (new.id, new.wallet_id, new.hours, new.version, new.told_at, new.currency, new.balance, new.burn_per_hour, new.letters)
          is distinct from
          (old.id, old.wallet_id, old.hours, old.version, old.told_at, old.currency, old.balance, old.burn_per_hour, old.letters) then
        raise exception 'reminder % was given: it stays as it is', old.id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger dunning_reminder_kept before update on dunning_reminder for each row execute function refuse_reminder_change();
create trigger dunning_reminder_stays before delete or truncate on dunning_reminder
    for each statement execute function refuse_history_change();

create or replace function tell_of_crossings() returns trigger
language plpgsql
as $$
begin
    if not exists (select from added where kind <> 'LOW') then
        return null;
    end if;
    insert into notification (person_id, organization_id, permission, kind, subject, path, key, created_at)
    select m.person_id, o.id, 'billing_view', 'WALLET_' || a.kind, o.name, 'wallet', 'crossing:' || a.id, a.at
      from added a
      join wallet w on w.id = a.wallet_id
      join organization o on o.id = w.organization_id
      join membership m on m.organization_id = o.id
      join role r on r.code = m.role and 'billing_view' = any (r.permissions)
     where a.kind in ('OVER_LIMIT', 'RECOVERED')
        or a.kind = 'EMPTY' and not exists (select from added n where n.wallet_id = a.wallet_id and n.kind = 'OVER_LIMIT')
     union all
    select s.person_id, null, 'staff_wallets_view', 'CUSTOMER_OVER_LIMIT', o.name, 'customer?id=' || o.id, 'crossing:' || a.id, a.at
      from added a
      join wallet w on w.id = a.wallet_id
      join organization o on o.id = w.organization_id
     cross join staff_member s
      join role r on r.code = s.role and 'staff_wallets_view' = any (r.permissions)
     where a.kind = 'OVER_LIMIT'
        on conflict on constraint notification_once_uq do nothing;
    if found then
        perform pg_notify('tenantry_live', current_schema() || ' NOTICE -');
    end if;
    return null;
end $$;
--rollback create or replace function tell_of_crossings() returns trigger language plpgsql as $$ begin if not exists (select from added) then return null; end if; insert into notification (person_id, organization_id, permission, kind, subject, path, key, created_at) select m.person_id, o.id, 'billing_view', 'WALLET_' || a.kind, o.name, 'wallet', 'crossing:' || a.id, a.at from added a join wallet w on w.id = a.wallet_id join organization o on o.id = w.organization_id join membership m on m.organization_id = o.id join role r on r.code = m.role and 'billing_view' = any (r.permissions) where a.kind <> 'EMPTY' or not exists (select from added n where n.wallet_id = a.wallet_id and n.kind = 'OVER_LIMIT') union all select s.person_id, null, 'staff_wallets_view', 'CUSTOMER_OVER_LIMIT', o.name, 'customer?id=' || o.id, 'crossing:' || a.id, a.at from added a join wallet w on w.id = a.wallet_id join organization o on o.id = w.organization_id cross join staff_member s join role r on r.code = s.role and 'staff_wallets_view' = any (r.permissions) where a.kind = 'OVER_LIMIT' on conflict on constraint notification_once_uq do nothing; if found then perform pg_notify('tenantry_live', current_schema() || ' NOTICE -'); end if; return null; end $$;
--rollback drop trigger dunning_reminder_stays on dunning_reminder; drop trigger dunning_reminder_kept on dunning_reminder; drop function refuse_reminder_change;
