--liquibase formatted sql

--changeset tax:tax_part runOnChange:true splitStatements:false
-- The tax in an amount, or on top of it. Inlined into the statement that calls it.
--
-- Arguments: amount: by the price, in any currency
--            rate: 0.19 for 19 percent
--            included: whether the amount includes the tax
-- Returns: tax in the currency of the amount, rounded HALF_UP at eight decimals
-- Called by: charging.ChargePartsSql, charging.ChargingSql, charging.OtherPrices, invoicing.Credits, invoicing.ExplanationSql, reports.Earnings,
--              reports.WhatIf, wallet.ItemTax, function charge_due, function due_lines, function collect_wholesale, function unverified_taxed_charges
create or replace function tax_part(amount numeric, rate numeric, included boolean) returns numeric
language sql immutable
as $$
    select case when rate = 0 then 0
                when included then round(amount * rate / (1 + rate), 8)
                else round(amount * rate, 8) end
$$;
