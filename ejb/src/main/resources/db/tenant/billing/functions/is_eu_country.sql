--liquibase formatted sql

--changeset tax:is_eu_country runOnChange:true splitStatements:false
-- Whether a country is in the VAT area of the European Union.
--
-- Arguments: country: ISO 3166-1 alpha-2 (GR, not EL)
-- Returns: true for the 27 member states
-- Called by: reports.Receivables, function applicable_tax, function unverified_taxed_charges
create or replace function is_eu_country(country text) returns boolean
language sql immutable
as $$
    select country in ('AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU',
                       'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK')
$$;
