--liquibase formatted sql

--changeset charging:month_bound runOnChange:true splitStatements:false
-- Separates the rated periods of months: those of the month that ends at an instant, and of earlier ones, end before the bound. PostgreSQL computes
-- where rated periods end, Java where documents and settlements end. Their time zone data are updated independently, and may differ by hours where a
-- country changed its rules recently, so that neither end need equal the other.
--
-- Arguments: month_end: end of a month, by Java
-- Returns: half a day later
-- Called by: charging.PriceSimulation, reports.PriceBacktest, reports.RevenueReports, function due_lines, function issue_invoices,
--            function unverified_taxed_charges, function due_wholesale_segments
create or replace function month_bound(month_end timestamptz) returns timestamptz
language sql stable
as $$
    select month_end + interval '12 hours'
$$;
