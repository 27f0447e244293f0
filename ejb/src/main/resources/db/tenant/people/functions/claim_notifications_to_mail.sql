--liquibase formatted sql

--changeset notification:claim_notifications_to_mail runOnChange:true splitStatements:false
-- Notes that mails are written of notifications that must reach people who do not look, the oldest first. What another transaction takes is skipped.
-- The kinds are those of the index notification_unmailed_ix.
--
-- Arguments: max_rows: so many
--            occurred_at: when
-- Returns: the notifications
-- Called by: mail.NotificationMails
create or replace function claim_notifications_to_mail(max_rows integer, occurred_at timestamptz) returns setof notification
language sql
as $$
    with due as (
        select d.id
          from notification d
         where d.mailed_at is null
           and d.kind in ('WALLET_LOW', 'WALLET_EMPTY', 'WALLET_OVER_LIMIT', 'CONTACT_MESSAGE', 'PROVIDER_PRICE_CHANGED', 'SERVICE_FAILED',
                          'TRANSFER_NEARLY_USED', 'TRANSFER_USED', 'SERVICE_SUSPENDED', 'SERVICE_RESUMED', 'OWNER_LINK_SENT',
                          'WHOLESALE_WITHDRAWN', 'MEMBER_LOCKED', 'MEMBER_UNLOCKED')
         order by d.id
         limit max_rows
           for update skip locked)
    update notification n
       set mailed_at = occurred_at
      from due
     where n.id = due.id
    returning n.*
$$;
