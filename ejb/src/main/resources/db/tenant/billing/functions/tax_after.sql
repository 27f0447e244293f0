--liquibase formatted sql

--changeset tax:tax_after runOnChange:true splitStatements:false
-- The tax of the rated period that follows another one of the same service within a month: the same as before, unless the new price has another
-- category.
--
-- Arguments: before: the rated period that ends
--            which_plan: the plan of the next period's price; null for an add-on
--            zone: the reseller's time zone
-- Returns: id, rate, included: as of applicable_tax
-- Called by: charging.ChargingSql
create or replace function tax_after(before bigint, which_plan uuid, zone text, out id bigint, out rate numeric, out included boolean)
language plpgsql
as $$
declare
    was record;
    what text;
begin
    select p.wallet_id, p.service_id, p.charged_until, p.tax_id, p.tax_rate, p.tax_included,
           tax_category_of(v.plan_id, p.service_id, p.charged_until) as category
      into was
      from rated_period p
      join price_version v on v.id = p.price_version_id
     where p.id = before;
    what := tax_category_of(which_plan, was.service_id, was.charged_until);
    if was.tax_id is null or what = was.category then
        id := was.tax_id;
        rate := was.tax_rate;
        included := was.tax_included;
    else
        select t.id, t.rate, t.included
          into id, rate, included
          from applicable_tax(was.wallet_id, what, was.charged_until, zone) t;
    end if;
end $$;
