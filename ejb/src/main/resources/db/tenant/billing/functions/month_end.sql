--liquibase formatted sql

--changeset charging:month_end runOnChange:true splitStatements:false
-- Returns the end of the calendar month of an instant. Where clocks are set back over midnight, the first of a month begins twice and the first time
-- counts: PostgreSQL uses the second, so midnight is also computed with the offset of the day before.
--
-- Arguments: instant: any instant of the month
--            zone: the reseller's time zone, as in pg_timezone_names
-- Returns: the first instant of the next month
-- Called by: charging.ChargingSql, function charge_due
create or replace function month_end(instant timestamptz, zone text) returns timestamptz
language sql immutable
as $$
    select case when e.early at time zone zone = m.midnight then least(e.early, m.late) else m.late end
      from (select n.midnight, n.midnight at time zone zone as late
              from (select date_trunc('month', instant at time zone zone) + interval '1 month' as midnight) n) m
     cross join lateral (
       select (m.midnight - ((m.late - interval '1 day') at time zone zone - (m.late - interval '1 day') at time zone 'UTC'))
              at time zone 'UTC' as early) e
$$;
