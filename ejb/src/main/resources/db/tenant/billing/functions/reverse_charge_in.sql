--liquibase formatted sql

--changeset tax:reverse_charge_in runOnChange:true splitStatements:false
-- How a business is taxed that owes the tax itself in its country.
--
-- Arguments: country: two letters
-- Returns: the id of applied_tax, written when it is first asked for; its rate is zero
-- Called by: invoicing.TaxCorrections
create or replace function reverse_charge_in(country text) returns bigint
language plpgsql
as $$
declare
    area text := tax_area(country, null, null);
begin
    insert into applied_tax (treatment, place, category, rate, included) values ('REVERSE_CHARGE', area, 'STANDARD', 0, false)
    on conflict on constraint applied_tax_once_uq do nothing;
    return (select t.id
              from applied_tax t
             where t.treatment = 'REVERSE_CHARGE' and t.place = area and t.category = 'STANDARD' and not t.included and t.parts = '');
end $$;
