--liquibase formatted sql

--changeset pricing:0004
--comment A reseller reads a group's prices exactly as long as it is in the group. Which memberships were noted first does not matter.

-- A membership ends where one of a later month begins, or, of the same month, one that was noted later; as wholesale_versions reckons it.
-- Whoever reads has no access to a reseller's time zone: the last month has ended everywhere at noon UTC of the next, so a version that is in
-- force by then can still have a price for hours of the membership. What was announced for later is read if it was published before.
drop policy price_list_version_own on price_list_version;
create policy price_list_version_own on price_list_version for select to tenantry_tenant
    using (state = 'PUBLISHED'
           and exists (select from price_list l
                        where l.id = price_list_version.list_id
                          and (l.group_id is null
                               or exists (select from reseller_group_member m
                                            join reseller_account a on a.id = m.account_id
                                           where a.tenant_role = current_user::text and a.currency = l.currency
                                             and m.group_id = l.group_id
                                             and not exists (
                                               select from reseller_group_member n
                                                cross join lateral (
                                                  select case when n.from_month > m.from_month
                                                              then n.from_month::timestamp at time zone 'UTC' end as begins_at) f
                                                where n.account_id = m.account_id
                                                  and (n.from_month, n.id) > (m.from_month, m.id)
                                                  and price_list_version.published_at >= greatest(n.noted_at, f.begins_at)
                                                  and price_list_version.valid_from
                                                      >= greatest(n.noted_at, f.begins_at + interval '12 hours'))))));
--rollback drop policy price_list_version_own on price_list_version; create policy price_list_version_own on price_list_version for select to tenantry_tenant using (state = 'PUBLISHED' and exists (select from price_list l where l.id = price_list_version.list_id and (l.group_id is null or l.group_id = (select m.group_id from reseller_group_member m join reseller_account a on a.id = m.account_id where a.tenant_role = current_user::text and a.currency = l.currency order by m.from_month desc, m.id desc limit 1) or exists (select from reseller_group_member m join reseller_account a on a.id = m.account_id join reseller_group_member n on n.account_id = m.account_id and n.id > m.id where a.tenant_role = current_user::text and a.currency = l.currency and m.group_id = l.group_id and price_list_version.published_at < greatest(n.noted_at, n.from_month::timestamptz)))));
