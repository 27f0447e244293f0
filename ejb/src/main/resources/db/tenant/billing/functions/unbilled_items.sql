--liquibase formatted sql

--changeset invoicing:unbilled_items runOnChange:true splitStatements:false
-- Amounts moved between wallets and revenue that are not for hours and not recorded in invoice_item yet: for documents and their previews alike.
-- Inlined into the calling statement, so that it is searched by wallet or by time, as required; "offset 0" keeps the check for revenue at one per
-- entry.
--
-- Returns: a row for each posting to a wallet; amount: at the listed price, positive is payable, in the wallet's currency
-- Called by: invoicing.LineBreakdownSql, function collect_invoice_items, function next_lines
create or replace function unbilled_items()
returns table (entry_id bigint, wallet_id uuid, kind text, service_id uuid, reason text, currency char(3), amount numeric,
               effective_at timestamptz, tax_id bigint, tax_rate numeric, tax_included boolean, tax numeric)
language sql stable
as $$
    select e.id, p.account_id,
           case split_part(e.source, ':', 1)
                when 'transfer' then 'TRANSFER' when 'transfer-pack' then 'PACK' when 'discrepancy' then 'OUTAGE_CREDIT'
                when 'addon-discrepancy' then 'OUTAGE_CREDIT' when 'late-fee' then 'LATE_FEE' else 'OTHER' end,
           case when e.source ~ '^transfer:[0-9a-f-]{36}:' then split_part(e.source, ':', 2)::uuid
                when e.source ~ '^discrepancy:[0-9a-f-]{36}$'
                then (select f.service_id from server_discrepancy_v f where f.id = split_part(e.source, ':', 2)::uuid)
                when e.source ~ '^addon-discrepancy:[0-9a-f-]{36}$'
                then (select o.service_id
                        from addon_discrepancy_v f
                        join addon_v o on o.id = f.addon_id
                       where f.id = split_part(e.source, ':', 2)::uuid) end,
           coalesce(e.reason, ''), p.currency, coalesce(x.amount, -p.amount), e.effective_at,
           x.tax_id, coalesce(x.rate, 0), coalesce(x.included, false), coalesce(x.tax, 0)
      from journal_entry e
      join posting p on p.entry_id = e.id
      left join entry_tax x on x.entry_id = e.id
      join wallet w on w.id = p.account_id
     where e.kind <> 'CHARGE'
       and e.source <> 'manual'
       and exists (select from posting r
                     join ledger_account a on a.id = r.account_id and a.kind = 'REVENUE'
                    where r.entry_id = e.id
                   offset 0)
       and not exists (select from invoice_item i where i.entry_id = e.id and i.wallet_id = p.account_id)
$$;
