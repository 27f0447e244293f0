--liquibase formatted sql

--changeset charging:started_hours runOnChange:true splitStatements:false
-- Counts the hours, counted from one instant, that start before another. Hours are counted in double precision, several times faster than numeric and
-- exact here: a whole number of hours is divided without remainder, and a microsecond more is 3e-10 of an hour, far above the error of 100 years of
-- hours. Money is always numeric. Inlined into the calling statement.
--
-- Arguments: from_at: start of the first hour
--            to_at: end, exclusive
-- Returns: whole hours; 0 if to_at is not after from_at
-- Called by: charging.ChargeBreakdownSql, charging.ChargeHistory, invoicing.LineBreakdownSql, function charge_due
create or replace function started_hours(from_at timestamptz, to_at timestamptz) returns integer
language sql immutable
as $$
    select case when to_at - from_at <= interval '0' then 0
                when to_at - from_at <= interval '1 hour' then 1
                else ceil(date_part('epoch', to_at - from_at) / 3600)::integer end
$$;
