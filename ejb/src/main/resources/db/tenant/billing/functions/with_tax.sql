--liquibase formatted sql

--changeset tax:with_tax runOnChange:true splitStatements:false
-- The amount that a wallet pays, including tax. Inlined into the calling statement.
--
-- Arguments: amount, rate, included: as of tax_part
-- Returns: the amount with tax, in its currency
-- Called by: charging.ChargeBreakdownSql, charging.ChargingSql, provisioning.CustomerQuery, function activate_service, function
--              update_hourly_cost, function update_balance_status
create or replace function with_tax(amount numeric, rate numeric, included boolean) returns numeric
language sql immutable
as $$
    select case when rate = 0 or included then amount else amount + round(amount * rate, 8) end
$$;
