--liquibase formatted sql

--changeset invoicing:next_lines runOnChange:true splitStatements:false
-- The lines of a wallet's next document if its items were recorded now, for previews: due_lines and items not recorded yet.
--
-- Arguments: which: the wallet
--            until: end of the month
-- Returns: as of due_lines; entry_id: the journal entry of an item that is not recorded yet
-- Called by: invoicing.Invoicing, function settle_invoices
create or replace function next_lines(which uuid, until timestamptz)
returns table (wallet_id uuid, kind text, subject_id uuid, name text, what text, from_at timestamptz, to_at timestamptz,
               quantity numeric, unit text, unit_price numeric, surcharge numeric, amount numeric, rated_period_id bigint,
               entry_id bigint, tax_id bigint, tax_rate numeric, tax_included boolean, tax numeric)
language sql stable
as $$
    select d.wallet_id, d.kind, d.subject_id, d.name, d.what, d.from_at, d.to_at, d.quantity, d.unit, d.unit_price, d.surcharge,
           d.amount, d.rated_period_id, i.entry_id, d.tax_id, d.tax_rate, d.tax_included, d.tax
      from due_lines(array[which], until) d
      left join invoice_item i on i.id = d.item_id
    union all
    select u.wallet_id, u.kind, u.service_id, coalesce(s.name, ''), u.reason, u.effective_at, u.effective_at,
           1::numeric(20, 8), 'ITEM'::text, u.amount, 0::numeric, u.amount, null::bigint, u.entry_id,
           u.tax_id, u.tax_rate, u.tax_included, u.tax
      from unbilled_items() u
      left join service_v s on s.id = u.service_id
     where u.wallet_id = which
       and u.effective_at < until
       and u.effective_at >= (select coalesce(y.first_at, '-infinity') from invoice_policy y)
$$;
