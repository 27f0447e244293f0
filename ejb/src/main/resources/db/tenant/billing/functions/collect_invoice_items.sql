--liquibase formatted sql

--changeset invoicing:collect_invoice_items runOnChange:true splitStatements:false
-- Records as invoice_item the amounts moved from wallets to revenue, or back, before an instant that are not for hours. Amounts already recorded are
-- skipped, so it may be repeated.
--
-- Arguments: until: exclusive, by business time
--            occurred_at: time of the record
-- Returns: number of new items
-- Called by: invoicing.Invoicing, function collect_wholesale
create or replace function collect_invoice_items(until timestamptz, occurred_at timestamptz) returns integer
language plpgsql
as $$
#variable_conflict use_column
declare
    gathered integer;
begin
    insert into invoice_item (entry_id, wallet_id, kind, service_id, reason, currency, amount, effective_at, collected_at,
                              tax_id, tax_rate, tax_included, tax)
    select u.entry_id, u.wallet_id, u.kind, u.service_id, u.reason, u.currency, u.amount, u.effective_at, occurred_at,
           u.tax_id, u.tax_rate, u.tax_included, u.tax
      from unbilled_items() u
     where u.effective_at < until
     order by u.entry_id
    on conflict on constraint invoice_item_entry_uq do nothing;
    get diagnostics gathered = row_count;
    return gathered;
end $$;
