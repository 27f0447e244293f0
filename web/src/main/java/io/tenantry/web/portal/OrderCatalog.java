package io.tenantry.web.portal;

import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Catalog.CatalogGroup;
import io.tenantry.catalog.Catalog.Offer;
import io.tenantry.catalog.Catalog.Region;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The plans that can be ordered now, and their regions, in the customer's currency: for the pages of an order. */
public record OrderCatalog(List<CatalogGroup> shelves) {
    /** Returns the plan in the region, if it is sold there. */
    public Optional<Offer> offer(UUID plan, String region) {
        return shelves.stream()
                .filter(catalogGroup -> catalogGroup.region().code().equals(region))
                .flatMap(catalogGroup -> catalogGroup.offers().stream())
                .filter(offer -> offer.planId().equals(plan))
                .findFirst();
    }

    /** Returns the plan in the first region that sells it: its size and price are the same everywhere. */
    public Optional<Offer> anywhere(UUID plan) {
        return regions(plan).stream().findFirst().flatMap(region -> offer(plan, region.code()));
    }

    /** Returns the regions that sell a plan. */
    public List<Region> regions(UUID plan) {
        return shelves.stream()
                .map(CatalogGroup::region)
                .filter(region -> offer(plan, region.code()).isPresent())
                .toList();
    }

    /** Returns a region in which anything is sold. */
    public Optional<Region> region(String code) {
        return shelves.stream()
                .map(CatalogGroup::region)
                .filter(region -> region.code().equals(code))
                .findFirst();
    }

    static OrderCatalog of(Catalog catalog, Currency currency) {
        return new OrderCatalog(catalog.shelves(currency));
    }
}
