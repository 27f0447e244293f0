--liquibase formatted sql

--changeset pricing:0001
--comment What the platform asks of resellers: price lists with versions. All rows are the platform's; a reseller reads what holds for itself.
create table wholesale_policy (
    one boolean not null default true,
    starts_at timestamptz not null,
    constraint wholesale_policy_pk primary key (one),
    constraint wholesale_policy_one_ck check (one)
);
insert into wholesale_policy (starts_at)
select case when exists (select from tenant) then now() else '-infinity'::timestamptz end;
comment on table wholesale_policy is 'hours that begin before starts_at cost what the price version says that they were charged by; hours from then on are priced by price lists and by whose provider account they ran in';

create table price_list (
    id uuid not null,
    currency char(3) not null,
    account_id uuid,
    group_id uuid,
    created_at timestamptz not null,
    created_by text not null,
    constraint price_list_pk primary key (id),
    constraint price_list_account_fk foreign key (account_id) references reseller_account (id),
    constraint price_list_group_fk foreign key (group_id) references reseller_group (id),
    constraint price_list_scope_ck check (num_nonnulls(account_id, group_id) <= 1),
    constraint price_list_currency_ck check (currency ~ '^[A-Z]{3}$')
);
create unique index price_list_scope_uq on price_list (currency, coalesce(account_id, group_id, '00000000-0000-0000-0000-000000000000'));
comment on table price_list is 'wholesale prices in one currency: of one reseller, of a group of resellers, or, with neither, of all whose books are in that currency; the narrowest that names a price wins';

create table price_list_version (
    id uuid not null,
    list_id uuid not null,
    number integer not null,
    state text not null,
    note text not null default '',
    valid_from timestamptz,
    created_at timestamptz not null,
    created_by text not null,
    published_at timestamptz,
    published_by text,
    constraint price_list_version_pk primary key (id),
    constraint price_list_version_list_fk foreign key (list_id) references price_list (id),
    constraint price_list_version_number_uq unique (list_id, number),
    constraint price_list_version_state_ck check (state in ('DRAFT', 'PUBLISHED')),
    constraint price_list_version_note_ck check (length(note) <= 500),
    constraint price_list_version_published_ck check (
        state = 'DRAFT' and num_nonnulls(valid_from, published_at, published_by) = 0
        or state = 'PUBLISHED' and num_nonnulls(valid_from, published_at, published_by) = 3 and valid_from >= published_at)
);
create unique index price_list_draft_uq on price_list_version (list_id) where state = 'DRAFT';
create index price_list_version_from_ix on price_list_version (list_id, valid_from, number);
comment on table price_list_version is 'all prices of a list from an instant on; a draft can be changed, a published version never: from the same instant the one with the greater number holds, and valid_from is not before it was published, so that no hour that has begun changes its price';

create table price_list_item (
    version_id uuid not null,
    kind text not null,
    provider text not null,
    code text not null,
    region text not null,
    monthly numeric(20, 8) not null,
    orderable boolean not null default true,
    cost_currency char(3),
    cost_monthly numeric(20, 8),
    rate numeric(20, 10),
    rate_day date,
    rate_source text,
    constraint price_list_item_pk primary key (version_id, kind, provider, code, region),
    constraint price_list_item_version_fk foreign key (version_id) references price_list_version (id) on delete cascade,
    constraint price_list_item_kind_ck check (kind in ('PLAN', 'OPTION')),
    constraint price_list_item_provider_ck check (provider ~ '^[a-z][a-z0-9-]{1,30}$'),
    constraint price_list_item_code_ck check (length(code) between 1 and 100 and code = trim(code)),
    constraint price_list_item_region_ck check (length(region) <= 100 and region = trim(region)),
    constraint price_list_item_option_ck check (
        kind = 'PLAN' or code in ('VOLUME', 'SNAPSHOT', 'ADDRESS', 'BACKUP', 'BACKUP_DAILY', 'BACKUP_WEEKLY')),
    constraint price_list_item_monthly_ck check (monthly between 0 and 1000000),
    constraint price_list_item_cost_ck check ((cost_currency is null) = (cost_monthly is null) and cost_monthly >= 0),
    constraint price_list_item_rate_ck check (
        num_nonnulls(rate, rate_day, rate_source) in (0, 3) and (rate is null or rate > 0 and cost_currency is not null))
);
comment on table price_list_item is 'what a month of one unit costs, in the currency of the list; provider: a vendor''s code, or platform for what is sold from no vendor''s list; code: the vendor''s size or a kind of option; region: the vendor''s code, empty for all that have no price of their own; orderable: whether new prices may be published for it; cost, rate: what the vendor asked when this was taken from it, and the rate at which that was converted';

create table platform_provider_account (
    id bigint generated always as identity,
    account_id uuid not null,
    provider_account_id uuid not null,
    provided boolean not null,
    from_at timestamptz not null,
    noted_at timestamptz not null,
    noted_by text not null,
    constraint platform_provider_account_pk primary key (id),
    constraint platform_provider_account_account_fk foreign key (account_id) references reseller_account (id),
    constraint platform_provider_account_from_ck check (from_at >= noted_at)
);
create index platform_provider_account_ix on platform_provider_account (account_id, provider_account_id, from_at, id);
comment on table platform_provider_account is 'append-only: which provider accounts that a reseller works with are the platform''s from an instant on; without a row an account is the reseller''s own, and its hours cost no wholesale price';
--rollback drop table platform_provider_account; drop table price_list_item; drop table price_list_version; drop table price_list; drop table wholesale_policy;

--changeset pricing:0002 splitStatements:false
--comment A published version and its prices are refused every change.
create function guard_price_list_version() returns trigger language plpgsql as $$
begin
    if old.state <> 'DRAFT' then
        raise exception 'version % of a price list is published', old.number using errcode = 'restrict_violation';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    if (new.id, new.list_id, new.number) is distinct from (old.id, old.list_id, old.number) then
        raise exception 'version % of a price list keeps what it is', old.number using errcode = 'restrict_violation';
    end if;
    return new;
end $$;

create function guard_price_list_item() returns trigger language plpgsql set search_path from current as $$
begin
    if exists (select from price_list_version v
                where v.id in (case when tg_op <> 'INSERT' then old.version_id end, case when tg_op <> 'DELETE' then new.version_id end)
                  and v.state <> 'DRAFT') then
        raise exception 'prices of a published version cannot be changed' using errcode = 'restrict_violation';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;

create trigger price_list_version_guarded before update or delete on price_list_version
    for each row execute function guard_price_list_version();
create trigger price_list_version_kept before truncate on price_list_version
    for each statement execute function refuse_settled_change();
create trigger price_list_item_guarded before insert or update or delete on price_list_item
    for each row execute function guard_price_list_item();
create trigger price_list_item_kept before truncate on price_list_item
    for each statement execute function refuse_settled_change();
create trigger price_list_immutable before update or delete or truncate on price_list
    for each statement execute function refuse_settled_change();
create trigger platform_provider_account_immutable before update or delete or truncate on platform_provider_account
    for each statement execute function refuse_settled_change();
create trigger wholesale_policy_immutable before insert or update or delete or truncate on wholesale_policy
    for each statement execute function refuse_settled_change();
--rollback drop trigger wholesale_policy_immutable on wholesale_policy; drop trigger platform_provider_account_immutable on platform_provider_account; drop trigger price_list_immutable on price_list; drop trigger price_list_item_kept on price_list_item; drop trigger price_list_item_guarded on price_list_item; drop trigger price_list_version_kept on price_list_version; drop trigger price_list_version_guarded on price_list_version; drop function guard_price_list_item; drop function guard_price_list_version;

--changeset pricing:0003
--comment A reseller reads published prices that hold or held for itself, and writes none; who published them is not its business.
alter table wholesale_policy enable row level security;
create policy wholesale_policy_all on wholesale_policy for select to tenantry_tenant using (true);
create policy wholesale_policy_platform on wholesale_policy to tenantry_platform using (true);
create policy wholesale_policy_auditor on wholesale_policy for select to tenantry_auditor using (true);
grant select (starts_at) on wholesale_policy to tenantry_tenant;

alter table reseller_group_member enable row level security;
create policy reseller_group_member_own on reseller_group_member for select to tenantry_tenant
    using (account_id in (select a.id from reseller_account a where a.tenant_role = current_user::text));
create policy reseller_group_member_platform on reseller_group_member to tenantry_platform using (true);
create policy reseller_group_member_auditor on reseller_group_member for select to tenantry_auditor using (true);
grant select (id, account_id, group_id, from_month, noted_at) on reseller_group_member to tenantry_tenant;

alter table price_list enable row level security;
create policy price_list_own on price_list for select to tenantry_tenant
    using (account_id is null and group_id is null
           or account_id in (select a.id from reseller_account a where a.tenant_role = current_user::text)
           or group_id in (select m.group_id from reseller_group_member m
                             join reseller_account a on a.id = m.account_id
                            where a.tenant_role = current_user::text and a.currency = price_list.currency));
create policy price_list_platform on price_list to tenantry_platform using (true);
create policy price_list_auditor on price_list for select to tenantry_auditor using (true);
grant select (id, currency, account_id, group_id) on price_list to tenantry_tenant;

alter table price_list_version enable row level security;
create policy price_list_version_own on price_list_version for select to tenantry_tenant
    using (state = 'PUBLISHED'
           and exists (select from price_list l
                        where l.id = price_list_version.list_id
                          and (l.group_id is null
                               or l.group_id = (select m.group_id from reseller_group_member m
                                                  join reseller_account a on a.id = m.account_id
                                                 where a.tenant_role = current_user::text and a.currency = l.currency
                                                 order by m.from_month desc, m.id desc limit 1)
                               or exists (select from reseller_group_member m
                                            join reseller_account a on a.id = m.account_id
                                            join reseller_group_member n on n.account_id = m.account_id and n.id > m.id
                                           where a.tenant_role = current_user::text and a.currency = l.currency
                                             and m.group_id = l.group_id
                                             and price_list_version.published_at < greatest(n.noted_at, n.from_month::timestamptz)))));
create policy price_list_version_platform on price_list_version to tenantry_platform using (true);
create policy price_list_version_auditor on price_list_version for select to tenantry_auditor using (true);
grant select (id, list_id, number, state, note, valid_from, published_at) on price_list_version to tenantry_tenant;

alter table price_list_item enable row level security;
create policy price_list_item_own on price_list_item for select to tenantry_tenant
    using (version_id in (select v.id from price_list_version v));
create policy price_list_item_platform on price_list_item to tenantry_platform using (true);
create policy price_list_item_auditor on price_list_item for select to tenantry_auditor using (true);
grant select (version_id, kind, provider, code, region, monthly, orderable) on price_list_item to tenantry_tenant;

alter table platform_provider_account enable row level security;
create policy platform_provider_account_own on platform_provider_account for select to tenantry_tenant
    using (account_id in (select a.id from reseller_account a where a.tenant_role = current_user::text));
create policy platform_provider_account_platform on platform_provider_account to tenantry_platform using (true);
create policy platform_provider_account_auditor on platform_provider_account for select to tenantry_auditor using (true);
grant select (id, account_id, provider_account_id, provided, from_at) on platform_provider_account to tenantry_tenant;
--rollback revoke select on reseller_group_member from tenantry_tenant; drop policy reseller_group_member_own on reseller_group_member; drop policy reseller_group_member_platform on reseller_group_member; drop policy reseller_group_member_auditor on reseller_group_member; alter table reseller_group_member disable row level security;
