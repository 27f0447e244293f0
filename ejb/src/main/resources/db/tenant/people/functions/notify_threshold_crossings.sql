--liquibase formatted sql

--changeset notification:notify_threshold_crossings runOnChange:true splitStatements:false
-- Notifies people when wallets cross thresholds, in the transaction that crosses them and in one statement for a whole batch: members with
-- billing_view of EMPTY, OVER_LIMIT and RECOVERED, staff with staff_billing_view of OVER_LIMIT. LOW is left to the dunning policy. Wakes live pages
-- (channel tenantry_live).
--
-- Trigger: wallet_event_notified on wallet_event
create or replace function notify_threshold_crossings() returns trigger
language plpgsql
as $$
begin
    if not exists (select from added where kind <> 'LOW') then
        return null;
    end if;
    insert into notification (person_id, organization_id, permission, kind, subject, path, key, created_at)
    select m.person_id, o.id, 'billing_view', 'WALLET_' || a.kind, o.name, 'wallet', 'crossing:' || a.id, a.at
      from added a
      join wallet_owner_v w on w.id = a.wallet_id
      join organization_label_v o on o.id = w.organization_id
      join member_permission_v m on m.organization_id = o.id and 'billing_view' = any (m.permissions)
     where a.kind in ('OVER_LIMIT', 'RECOVERED')
        or a.kind = 'EMPTY' and not exists (select from added n where n.wallet_id = a.wallet_id and n.kind = 'OVER_LIMIT')
     union all
    select s.person_id, null, 'staff_billing_view', 'CUSTOMER_OVER_LIMIT', o.name, 'customer?id=' || o.id, 'crossing:' || a.id, a.at
      from added a
      join wallet_owner_v w on w.id = a.wallet_id
      join organization_label_v o on o.id = w.organization_id
      join staff_permission_v s on 'staff_billing_view' = any (s.permissions)
     where a.kind = 'OVER_LIMIT'
        on conflict on constraint notification_once_uq do nothing;
    if found then
        perform pg_notify('tenantry_live', current_schema() || ' NOTIFICATION -');
    end if;
    return null;
end $$;
