package io.tenantry.cloud.provider.catalog;

import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.kernel.money.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Prices of a vendor by what they are of.
 *
 * @param all in the vendor's own currency
 */
record ProviderPrices(Map<PriceKey, Amounts> all) {
    /**
     * A size somewhere, in the vendor's codes.
     *
     * @param region empty for everywhere that has no price of its own
     */
    record PriceKey(String size, String region) {}

    /** What is taken there. */
    record Amounts(Money hourly, Money monthly) {}

    /** A price that is another than it was. */
    record Move(PriceKey priceKey, Money before, Money after) {}

    ProviderPrices {
        all = Map.copyOf(all);
    }

    /** Those of a catalogue; a price below nothing is none. */
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

    /** What has moved since: what there was a price of before and is another now, by the month. New and vanished ones have not moved. */
    List<Move> movedSince(ProviderPrices before) {
        var moves = new ArrayList<Move>();
        all.forEach((priceKey, now) -> {
            var then = before.all.get(priceKey);
            if (then != null && !then.monthly().equals(now.monthly())) {
                moves.add(new Move(priceKey, then.monthly(), now.monthly()));
            }
        });
        moves.sort((one, other) -> order(one.priceKey()).compareTo(order(other.priceKey())));
        return List.copyOf(moves);
    }

    private static String order(PriceKey priceKey) {
        return priceKey.size() + "\0" + priceKey.region();
    }
}
