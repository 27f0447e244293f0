package io.tenantry.cloud.provider.catalog;

import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.kernel.money.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A provider's prices by size and region.
 *
 * @param all in the provider's currency
 */
record ProviderPrices(Map<PriceKey, Amounts> all) {
    /**
     * A size in a region, in the provider's codes.
     *
     * @param region empty for all regions without a price of their own
     */
    record PriceKey(String size, String region) {}

    /** The provider's price there. */
    record Amounts(Money hourly, Money monthly) {}

    /** A changed price. */
    record PriceMove(PriceKey priceKey, Money before, Money after) {}

    ProviderPrices {
        all = Map.copyOf(all);
    }

    /** Returns the prices of a catalog; negative prices are ignored. */
    static ProviderPrices of(List<ProviderCatalog.Size> sizes) {
        var all = new HashMap<PriceKey, Amounts>();
        for (var size : sizes) {
            for (var price : size.prices()) {
                if (!price.hourly().isNegative() && !price.monthly().isNegative()) {
                    all.put(
                            new PriceKey(size.code(), price.region().orElse("")),
                            new Amounts(price.hourly(), price.monthly()));
                }
            }
        }
        return new ProviderPrices(all);
    }

    /** Returns the changes: sizes whose monthly price existed before and is different now. New and removed prices are not changes. */
    List<PriceMove> movedSince(ProviderPrices before) {
        var moves = new ArrayList<PriceMove>();
        all.forEach((priceKey, now) -> {
            var then = before.all.get(priceKey);
            if (then != null && !then.monthly().equals(now.monthly())) {
                moves.add(new PriceMove(priceKey, then.monthly(), now.monthly()));
            }
        });
        moves.sort((one, other) -> order(one.priceKey()).compareTo(order(other.priceKey())));
        return List.copyOf(moves);
    }

    private static String order(PriceKey priceKey) {
        return priceKey.size() + "\0" + priceKey.region();
    }
}
