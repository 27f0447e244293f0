--liquibase formatted sql

--changeset tax:tax_category_of runOnChange:true splitStatements:false
-- The tax category of a sale: of a plan; without one, of the plan of a service, or of the server that an add-on belongs to. Everything else, such as
-- transfer packs, is STANDARD.
--
-- Arguments: which_plan: a plan, or null
--            subject: a service or add-on, or null
--            instant: time of the sale
-- Returns: a tax category, such as STANDARD
-- Called by: charging.ChargingSql, wallet.ItemTaxCalculation, function displayed_tax, function charge_due, function reprice_tax, function tax_after
create or replace function tax_category_of(which_plan uuid, subject uuid, instant timestamptz) returns text
language sql stable
as $$
    select coalesce(
        (select t.category
           from plan_tax t
          where t.plan_id = coalesce(
                  which_plan,
                  (select s.plan_id
                     from service_v s
                    where s.id = coalesce((select o.service_id from addon_v o where o.id = subject), subject)))
            and t.from_at <= instant
          order by t.from_at desc, t.id desc
          limit 1),
        'STANDARD')
$$;
