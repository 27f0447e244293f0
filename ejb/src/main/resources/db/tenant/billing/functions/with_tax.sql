--liquibase formatted sql

--changeset tax:with_tax runOnChange:true splitStatements:false
-- What a wallet pays for an amount. Inlined into the statement that calls it.
--
-- Arguments: amount, rate, included: as of tax_part
-- Returns: the amount with tax, in its currency
-- Called by: charging.ChargePartsSql, charging.ChargingSql, provisioning.Customers, function issue_invoices, function update_hourly_cost, function
--              update_balance_status, function settle_invoices
create or replace function with_tax(amount numeric, rate numeric, included boolean) returns numeric
language sql immutable
as $$
    select case when rate = 0 or included then amount else amount + round(amount * rate, 8) end
$$;
