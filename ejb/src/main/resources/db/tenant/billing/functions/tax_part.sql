--liquibase formatted sql

--changeset tax:tax_part runOnChange:true splitStatements:false
-- The tax in an amount, or on top of it. Inlined into the calling statement.
--
-- Arguments: amount: at the listed price, in any currency
--            rate: 0.19 for 19 percent
--            included: whether the amount includes the tax
-- Returns: tax in the currency of the amount, rounded HALF_UP at eight decimals
-- Called by: charging.ChargeBreakdownSql, charging.ChargingSql, charging.PriceSimulation, invoicing.CorrectionAmounts, invoicing.LineBreakdownSql,
--              reports.PriceBacktest, reports.RevenueReports, wallet.ItemTaxCalculation, function charge_due, function due_lines,
--              function collect_wholesale, function unverified_taxed_charges
create or replace function tax_part(amount numeric, rate numeric, included boolean) returns numeric
language sql immutable
as $$
    select case when rate = 0 then 0
                when included then round(amount * rate / (1 + rate), 8)
                else round(amount * rate, 8) end
$$;
