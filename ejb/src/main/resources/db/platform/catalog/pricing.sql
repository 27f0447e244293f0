--liquibase formatted sql

--changeset pricing:baseline splitStatements:false

-- Wholesale prices of the platform: price lists with versions. All rows belong to the platform; a reseller reads those that apply to it.
create table wholesale_policy (
    one boolean not null default true,
    starts_at timestamptz not null,
    constraint wholesale_policy_pk primary key (one),
    constraint wholesale_policy_one_ck check (one)
);
comment on table wholesale_policy is 'hours that begin before starts_at cost the wholesale price of the price version that they were charged by; later hours are priced by price lists and by the owner of the provider account in which they ran';
insert into wholesale_policy (starts_at) values ('-infinity');
create trigger wholesale_policy_immutable before insert or update or delete or truncate on wholesale_policy
    for each statement execute function refuse_settled_change();
alter table wholesale_policy enable row level security;
-- A reseller reads published prices that apply or applied to it, and writes none; it cannot see who published them.
create policy wholesale_policy_all on wholesale_policy for select to tenantry_tenant using (true);
create policy wholesale_policy_platform on wholesale_policy to tenantry_platform using (true);
create policy wholesale_policy_auditor on wholesale_policy for select to tenantry_auditor using (true);
grant select (id, name, street, postcode, city, country, vat_number, tax_number, register, email, phone, bank, iban, bic, note)
   on platform_seller to tenantry_tenant;
grant select (starts_at) on wholesale_policy to tenantry_tenant;

create table price_list (
    id uuid not null,
    currency char(3) not null,
    account_id uuid,
    group_id uuid,
    created_at timestamptz not null,
    created_by text not null,
    constraint price_list_pk primary key (id),
    constraint price_list_account_fk foreign key (account_id) references reseller_ledger_account (id),
    constraint price_list_group_fk foreign key (group_id) references reseller_group (id),
    constraint price_list_scope_ck check (num_nonnulls(account_id, group_id) <= 1),
    constraint price_list_currency_ck check (currency ~ '^[A-Z]{3}$')
);
create unique index price_list_scope_uq on price_list (currency, coalesce(account_id, group_id, '00000000-0000-0000-0000-000000000000'));
comment on table price_list is 'wholesale prices in one currency: of one reseller, of a group of resellers, or, with neither, of all whose books are in that currency; the most specific list that names a price wins';
create trigger price_list_immutable before update or delete or truncate on price_list
    for each statement execute function refuse_settled_change();
alter table price_list enable row level security;
create policy price_list_own on price_list for select to tenantry_tenant
    using (account_id is null and group_id is null
           or account_id in (select a.id from reseller_account_v a where a.tenant_role = current_user::text)
           or group_id in (select m.group_id from reseller_group_member_v m
                             join reseller_account_v a on a.id = m.account_id
                            where a.tenant_role = current_user::text and a.currency = price_list.currency));
create policy price_list_platform on price_list to tenantry_platform using (true);
create policy price_list_auditor on price_list for select to tenantry_auditor using (true);
grant select (id, currency, account_id, group_id) on price_list to tenantry_tenant;

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
    -- a version announced for later can be withdrawn before it takes effect: nothing has been charged by it
    withdrawn_at timestamptz,
    withdrawn_by text,
    constraint price_list_version_pk primary key (id),
    constraint price_list_version_list_fk foreign key (list_id) references price_list (id),
    constraint price_list_version_number_uq unique (list_id, number),
    constraint price_list_version_note_ck check (length(note) <= 500),
    constraint price_list_version_state_ck check (state in ('DRAFT', 'PUBLISHED', 'WITHDRAWN')),
    constraint price_list_version_published_ck check (
        state = 'DRAFT' and num_nonnulls(valid_from, published_at, published_by) = 0
        or state <> 'DRAFT' and num_nonnulls(valid_from, published_at, published_by) = 3 and valid_from >= published_at),
    constraint price_list_version_withdrawn_ck check (
        state <> 'WITHDRAWN' and num_nonnulls(withdrawn_at, withdrawn_by) = 0
        or state = 'WITHDRAWN' and num_nonnulls(withdrawn_at, withdrawn_by) = 2 and withdrawn_at >= published_at and withdrawn_at < valid_from)
);
create unique index price_list_draft_uq on price_list_version (list_id) where state = 'DRAFT';
create index price_list_version_from_ix on price_list_version (list_id, valid_from, number);
comment on table price_list_version is 'all prices of a list from an instant on; a draft can be changed, a published version never, except that it can be withdrawn before it takes effect; of versions from the same instant the one with the greater number applies; valid_from is not before publication, so that no started hour changes its price';
create trigger price_list_version_guarded before update or delete on price_list_version
    for each row execute function guard_price_list_version();
create trigger price_list_version_not_deleted before truncate on price_list_version
    for each statement execute function refuse_settled_change();
alter table price_list_version enable row level security;
create policy price_list_version_platform on price_list_version to tenantry_platform using (true);
create policy price_list_version_auditor on price_list_version for select to tenantry_auditor using (true);
-- A reseller reads a group's prices exactly while it is in the group, regardless of the order in which memberships were recorded.
create policy price_list_version_own on price_list_version for select to tenantry_tenant
    using (state = 'PUBLISHED'
           and exists (select from price_list l
                        where l.id = price_list_version.list_id
                          and (l.group_id is null
                               or exists (select from reseller_group_member_v m
                                            join reseller_account_v a on a.id = m.account_id
                                           where a.tenant_role = current_user::text and a.currency = l.currency
                                             and m.group_id = l.group_id
                                             and not exists (
                                               select from reseller_group_member_v n
                                                cross join lateral (
                                                  select case when n.from_month > m.from_month
                                                              then n.from_month::timestamp at time zone 'UTC' end as begins_at) f
                                                where n.account_id = m.account_id
                                                  and (n.from_month, n.id) > (m.from_month, m.id)
                                                  and price_list_version.published_at >= greatest(n.recorded_at, f.begins_at)
                                                  and price_list_version.valid_from
                                                      >= greatest(n.recorded_at, f.begins_at + interval '12 hours'))))));
grant select (id, list_id, number, state, note, valid_from, published_at) on price_list_version to tenantry_tenant;
revoke select (note) on price_list_version from tenantry_tenant;

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
    constraint price_list_item_kind_ck check (kind in ('PLAN', 'ADDON')),
    constraint price_list_item_provider_ck check (provider ~ '^[a-z][a-z0-9-]{1,30}$'),
    constraint price_list_item_code_ck check (length(code) between 1 and 100 and code = trim(code)),
    constraint price_list_item_region_ck check (length(region) <= 100 and region = trim(region)),
    constraint price_list_item_addon_ck check (
        kind = 'PLAN' or code in ('VOLUME', 'SNAPSHOT', 'ADDRESS', 'BACKUP', 'BACKUP_DAILY', 'BACKUP_WEEKLY')),
    constraint price_list_item_cost_ck check ((cost_currency is null) = (cost_monthly is null) and cost_monthly >= 0),
    constraint price_list_item_rate_ck check (
        num_nonnulls(rate, rate_day, rate_source) in (0, 3) and (rate is null or rate > 0 and cost_currency is not null)),
    -- The highest limit of all currencies; io.tenantry.kernel.money.AmountLimit has the limit of each
    constraint price_list_item_monthly_ck check (monthly between 0 and 10000000000)
);
comment on table price_list_item is 'monthly price of one unit, in the currency of the list; provider: code of a provider, or platform for what is not on a provider''s price list; code: the provider''s size or a kind of add-on; region: the provider''s code, empty for all regions without a separate price; orderable: whether new prices may be published for it; cost, rate: the provider''s price from which this was derived, and the exchange rate used';
create trigger price_list_item_guarded before insert or update or delete on price_list_item
    for each row execute function guard_price_list_item();
create trigger price_list_item_not_deleted before truncate on price_list_item
    for each statement execute function refuse_settled_change();
alter table price_list_item enable row level security;
create policy price_list_item_own on price_list_item for select to tenantry_tenant
    using (version_id in (select v.id from price_list_version v));
create policy price_list_item_platform on price_list_item to tenantry_platform using (true);
create policy price_list_item_auditor on price_list_item for select to tenantry_auditor using (true);
grant select (version_id, kind, provider, code, region, monthly, orderable) on price_list_item to tenantry_tenant;

create table platform_provider_account (
    id bigint generated always as identity,
    account_id uuid not null,
    provider_account_id uuid not null,
    provided boolean not null,
    from_at timestamptz not null,
    recorded_at timestamptz not null,
    recorded_by text not null,
    constraint platform_provider_account_pk primary key (id),
    constraint platform_provider_account_account_fk foreign key (account_id) references reseller_ledger_account (id),
    constraint platform_provider_account_from_ck check (from_at >= recorded_at)
);
create index platform_provider_account_ix on platform_provider_account (account_id, provider_account_id, from_at, id);
comment on table platform_provider_account is 'append-only: which provider accounts used by a reseller belong to the platform from an instant on; without a row an account is the reseller''s, and its hours have no wholesale price';
create trigger platform_provider_account_immutable before update or delete or truncate on platform_provider_account
    for each statement execute function refuse_settled_change();
alter table platform_provider_account enable row level security;
create policy platform_provider_account_own on platform_provider_account for select to tenantry_tenant
    using (account_id in (select a.id from reseller_account_v a where a.tenant_role = current_user::text));
create policy platform_provider_account_platform on platform_provider_account to tenantry_platform using (true);
create policy platform_provider_account_auditor on platform_provider_account for select to tenantry_auditor using (true);
grant select (id, account_id, provider_account_id, provided, from_at) on platform_provider_account to tenantry_tenant;
