package io.tenantry.bench.driver;

import io.tenantry.catalog.pricing.PriceKey;
import io.tenantry.catalog.pricing.PriceListPublications;
import io.tenantry.catalog.pricing.PriceListQuery;
import io.tenantry.catalog.pricing.PriceLists;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Currency;
import java.util.List;

/** A price list by which plans cost resellers nothing, since the wholesale price is not measured. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class FreePrices {
    @Inject
    PriceLists lists;

    @Inject
    PriceListQuery priceListQuery;

    @Inject
    PriceListPublications publications;

    @Inject
    MovableClock clock;

    /** Ensures that sizes with these codes can be sold. */
    public void keep(Currency currency, List<String> codes) {
        Tenancy.in(
                Scope.PLATFORM,
                () -> new PriceListSetup(lists, priceListQuery, publications)
                        .addMissingSince2020(
                                clock,
                                currency,
                                codes.stream()
                                        .map(code -> PriceListSetup.of(PriceKey.Kind.PLAN, code, "0"))
                                        .toList()));
    }
}
