--liquibase formatted sql

--changeset tax:tax_area runOnChange:true splitStatements:false
-- Where an address belongs for taxes on sales: the same rule as io.tenantry.billing.tax.TaxArea; a test compares the two. Monaco, the Isle of Man and
-- Liechtenstein count as France, the United Kingdom and Switzerland; some regions of member states are outside the EU's VAT area.
--
-- Arguments: country: ISO 3166-1 alpha-2
--            region: by ISO 3166-2 without the country; null or empty if unknown
--            seller: the seller's country
-- Returns: the country whose rules apply, or the country and region with a dash if the region is outside the VAT area
-- Called by: reports.Receivables, function applicable_tax, function reverse_charge_in, function unverified_taxed_charges
create or replace function tax_area(country text, region text, seller text) returns text
language sql immutable
as $$
    select case
        when country || '-' || region in ('ES-CN', 'ES-GC', 'ES-TF', 'ES-CE', 'ES-ML')
          or country || '-' || region in ('FR-971', 'FR-972', 'FR-973', 'FR-974', 'FR-976', 'FR-GP', 'FR-MQ', 'FR-GF', 'FR-RE', 'FR-YT', 'FI-01')
             and country is distinct from seller
            then country || '-' || region
        else case country when 'MC' then 'FR' when 'IM' then 'GB' when 'LI' then 'CH' else country end
    end
$$;
