--liquibase formatted sql

--changeset tax:displayed_tax runOnChange:true splitStatements:false
-- How a sale of a plan to a wallet's organization would be taxed at an instant, for pages that only display it: where applicable_tax raises an error,
-- this returns null.
--
-- Arguments: which_wallet: the paying wallet
--            which_plan: the plan sold
--            instant: time of the sale
--            zone: the reseller's time zone
-- Returns: treatment, place: as in applied_tax; null if no tax is collected, or the rate is not known
--          rate, included: as of applicable_tax
-- Called by: tax.DisplayedTax
create or replace function displayed_tax(
    which_wallet uuid, which_plan uuid, instant timestamptz, zone text,
    out treatment text, out place text, out rate numeric, out included boolean)
language plpgsql
as $$
#variable_conflict use_column
declare
    term bigint;
begin
    term := (select o.id from applicable_tax(which_wallet, tax_category_of(which_plan, null, instant), instant, zone) o);
    select t.treatment, t.place, t.rate, t.included
      into treatment, place, rate, included
      from applied_tax t
     where t.id = term;
exception
    when no_data_found then
        return;
end $$;
