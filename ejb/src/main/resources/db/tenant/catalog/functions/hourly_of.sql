--liquibase formatted sql

--changeset catalog:hourly_of runOnChange:true splitStatements:false
-- The hourly price of a monthly one: a 730th, rounded HALF_UP at eight decimals. The only place of this rule in SQL; in Java it is
-- io.tenantry.kernel.money.HourlyRate.ofMonthly. The auditor's invariants repeat it on purpose, as an independent check. Inlined into the calling
-- statement.
--
-- Arguments: monthly: price of a month, in any currency
-- Returns: price of an hour, in the same currency
-- Called by: charging.PriceSimulation, function due_wholesale_segments, constraint price_version_hourly_ck
create or replace function hourly_of(monthly numeric) returns numeric
    language sql immutable parallel safe
as $$
    select round(monthly / 730, 8)
$$;
