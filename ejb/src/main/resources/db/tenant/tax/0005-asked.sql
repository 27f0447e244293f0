--liquibase formatted sql

--changeset tax:0007 splitStatements:false
--comment What a wallet's organization would bear, for pages that only ask.

-- How a sale to a wallet's organization would be taxed at an instant. Nothing where no tax is collected, or at a rate that is not known.
create function asked_tax(
    which_wallet uuid, instant timestamptz, zone text,
    out treatment text, out place text, out rate numeric, out included boolean)
language plpgsql
as $$
#variable_conflict use_column
declare
    term bigint;
begin
    term := (select o.id from tax_of(which_wallet, 'STANDARD', instant, zone) o);
    select t.treatment, t.place, t.rate, t.included
      into treatment, place, rate, included
      from tax_term t
     where t.id = term;
exception
    when no_data_found then
        return;
end $$;
--rollback drop function asked_tax;
