--liquibase formatted sql

--changeset tax:compensation_tax runOnChange:true splitStatements:false
-- How what makes good a damage is taxed: not, which a document says where the reseller collects tax at all. The place is where the reseller first
-- collected.
--
-- Returns: the id of applied_tax, written when it is first asked for; its rate is zero. Null where the reseller collects no tax
-- Called by: wallet.ItemTaxCalculation
create or replace function compensation_tax() returns bigint
language plpgsql
as $$
begin
    insert into applied_tax (treatment, place, category, rate, included)
    select 'COMPENSATION', r.country, 'STANDARD', 0, false
      from tax_registration r
     order by r.id
     limit 1
    on conflict on constraint applied_tax_once_uq do nothing;
    return (select t.id
              from applied_tax t
              join (select country from tax_registration order by id limit 1) r on r.country = t.place
             where t.treatment = 'COMPENSATION');
end $$;
