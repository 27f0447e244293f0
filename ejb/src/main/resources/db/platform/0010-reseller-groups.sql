--liquibase formatted sql

--changeset settlement:0008
--comment Resellers that belong together are settled each by itself and read together. Both tables are the platform's; no reseller reads them.
create table reseller_group (
    id uuid not null,
    name text not null,
    made_at timestamptz not null,
    constraint reseller_group_pk primary key (id),
    constraint reseller_group_name_ck check (name = trim(name) and length(name) between 1 and 80)
);
create unique index reseller_group_name_uq on reseller_group (lower(name));
comment on table reseller_group is 'resellers whose settlements are read together; belongs to the platform';

create table reseller_group_member (
    id bigint generated always as identity,
    account_id uuid not null,
    group_id uuid,
    from_month date not null,
    noted_at timestamptz not null,
    noted_by text not null,
    constraint reseller_group_member_pk primary key (id),
    constraint reseller_group_member_account_fk foreign key (account_id) references reseller_account (id),
    constraint reseller_group_member_group_fk foreign key (group_id) references reseller_group (id),
    constraint reseller_group_member_month_ck check (extract(day from from_month) = 1)
);
create index reseller_group_member_account_ix on reseller_group_member (account_id, from_month, id);
comment on table reseller_group_member is 'append-only: to which group a reseller belongs from a month on, null for none; of the same month the later row holds; but for the first row never from a month that is settled, so that what was read of a month stays so';

create trigger reseller_group_member_immutable before update or delete or truncate on reseller_group_member
    for each statement execute function refuse_settled_change();
--rollback drop table reseller_group_member; drop table reseller_group;
