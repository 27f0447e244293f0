--liquibase formatted sql

--changeset reconciling:0002
--comment Servers that were seen on or off otherwise than their services say, until a second look has seen the same.
create table power_look (
    service_id uuid not null,
    account text not null,
    looked_at timestamptz not null,
    power text,
    version integer,
    since timestamptz,
    constraint power_look_pk primary key (service_id),
    constraint power_look_service_fk foreign key (service_id) references service (id),
    constraint power_look_power_ck check (power in ('ON', 'OFF')),
    constraint power_look_since_ck check (
        (power is null) = (since is null) and (power is null) = (version is null) and coalesce(since <= looked_at, true))
);
create index power_look_account_ix on power_look (account, looked_at);
comment on table power_look is 'servers that were seen on or off otherwise than their services say, or were asked for by themselves because their vendor''s list does not tell; in real time; power: what was seen in each look since then, while the service had that version; nothing if it is as the service says, or was not told';
--rollback drop table power_look;
