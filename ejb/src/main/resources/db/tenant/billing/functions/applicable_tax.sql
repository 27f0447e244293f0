--liquibase formatted sql

--changeset tax:applicable_tax runOnChange:true splitStatements:false
-- Determines the tax of a sale to a wallet's organization at an instant, by the same rule as io.tenantry.billing.tax.TaxDetermination; a test
-- compares the two. A category without a separate rate at a place has the standard one. Writes the row of applied_tax if it is the first of its kind.
--
-- Arguments: which_wallet: the paying wallet
--            what: tax category of the sale, such as STANDARD
--            instant: time of the sale
--            zone: the reseller's time zone, in which rates begin by day
-- Returns: id: the row of applied_tax; null if the reseller collects no tax anywhere
--          rate: 0.19 for 19 percent, otherwise 0
--          included: whether prices include the tax
-- Errors: no_data_found: no rate of % in % on %
-- Called by: charging.ChargingSql, wallet.ItemTaxCalculation, function displayed_tax, function charge_due, function reprice_tax, function tax_after
create or replace function applicable_tax(
    which_wallet uuid, what text, instant timestamptz, zone text, out id bigint, out rate numeric, out included boolean)
language plpgsql
as $$
declare
    registered text[];
    one_stop boolean;
    small boolean;
    seller text;
    buyer text;
    region text;
    whose uuid;
    standing text;
    taxed_in text;
    how text;
    made_of text := '';
    of_category text := 'STANDARD';
begin
    rate := 0;
    included := false;
    select array_agg(tax_area(r.country, null, null) order by r.id), bool_or(r.scheme = 'OSS')
      into registered, one_stop
      from tax_registration r
     where r.from_at <= instant
       and not exists (select from tax_registration_end e where e.registration_id = r.id and e.until_at <= instant);
    if registered is null then
        return;
    end if;
    select w.organization_id into whose from wallet w where w.id = which_wallet;
    seller := tax_area(coalesce((select s.country from invoice_seller_v s order by s.id desc limit 1), left(registered[1], 2)), null, null);
    small := coalesce(
        (select r.scheme = 'SMALL_BUSINESS'
           from tax_registration r
          where tax_area(r.country, null, null) = seller and r.scheme <> 'OSS' and r.from_at <= instant
            and not exists (select from tax_registration_end e where e.registration_id = r.id and e.until_at <= instant)
          order by r.from_at desc, r.id desc
          limit 1),
        false);
    select tax_area(b.country, b.region, seller), b.country || '-' || nullif(b.region, '')
      into buyer, region
      from invoice_buyer_v b
     where b.organization_id = whose and b.recorded_at <= instant
     order by b.id desc
     limit 1;
    buyer := coalesce(buyer, (select tax_area(o.country, null, seller) from organization o where o.id = whose), seller);
    standing := coalesce(
        (select case when s.until_at <= instant then 'CONSUMER' else s.status end
           from tax_status s
          where s.organization_id = whose and s.from_at <= instant
          order by s.id desc
          limit 1),
        'CONSUMER');

    if standing = 'BUSINESS' and seller <> buyer
       and (case when is_eu_country(buyer)
                 then is_eu_country(seller) or exists (select from unnest(registered) r where is_eu_country(r))
                 else buyer in ('GB', 'NO') and buyer = any (registered) end) then
        how := 'REVERSE_CHARGE';
    else
        taxed_in := case when is_eu_country(seller) and is_eu_country(buyer) and standing <> 'BUSINESS' and not one_stop
                              and buyer <> all (registered)
                         then seller
                         when region = any (registered) then region
                         else buyer end;
        how := case when taxed_in = any (registered) or one_stop and is_eu_country(taxed_in) and standing <> 'BUSINESS'
                    then case when standing = 'EXEMPT' then 'EXEMPT'
                              when small and taxed_in = seller then 'SMALL_BUSINESS'
                              else 'TAXED' end
                    when is_eu_country(seller) then 'OUT_OF_SCOPE'
                    else 'NOT_REGISTERED' end;
    end if;
    if how = 'TAXED' then
        -- Azores and Madeira: the country's registration, with rates of their own.
        if taxed_in = buyer and region in ('PT-20', 'PT-30') then
            taxed_in := region;
        end if;
        select r.percent / 100, r.parts, r.category into rate, made_of, of_category
          from tax_rate r
         where r.place = taxed_in and r.category in (what, 'STANDARD') and r.from_day <= (instant at time zone zone)::date
           and r.withdrawn_at is null
         order by r.category = what desc, r.from_day desc
         limit 1;
        if rate is null then
            raise exception 'no rate of % in % on %', what, taxed_in, instant using errcode = 'no_data_found';
        end if;
    else
        taxed_in := buyer;
    end if;
    included := coalesce(
        (select p.included from tax_pricing p where p.from_at <= instant order by p.from_at desc, p.id desc limit 1), false);

    loop
        select t.id into id
          from applied_tax t
         where t.treatment = how and t.place = taxed_in and t.rate = applicable_tax.rate and t.included = applicable_tax.included
           and t.parts = made_of;
        exit when id is not null;
        insert into applied_tax (treatment, place, category, rate, included, parts)
        values (how, taxed_in, of_category, rate, included, made_of)
        on conflict on constraint applied_tax_once_uq do nothing;
    end loop;
end $$;
