package io.tenantry.provider.stock;

import io.tenantry.money.Money;
import io.tenantry.provider.Catalogue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Prices of a vendor by what they are of.
 *
 * @param all in the vendor's own currency
 */
record PriceList(Map<Spot, Amounts> all) {
    /**
     * A size somewhere, in the vendor's codes.
     *
     * @param region empty for everywhere that has no price of its own
     */
    record Spot(String size, String region) {}

    /** What is taken there. */
    record Amounts(Money hourly, Money monthly) {}

    /** A price that is another than it was. */
    record Move(Spot spot, Money before, Money after) {}

    PriceList {
        all = Map.copyOf(all);
    }

    /** Those of a catalogue; a price below nothing is none. */
    static PriceList of(List<Catalogue.Size> sizes) {
        var all = new HashMap<Spot, Amounts>();
        for (var size : sizes) {
            for (var price : size.prices()) {
                if (!price.hourly().isNegative() && !price.monthly().isNegative()) {
                    all.put(
                            new Spot(size.code(), price.region().orElse("")),
                            new Amounts(price.hourly(), price.monthly()));
                }
            }
        }
        return new PriceList(all);
    }

    /** What has moved since: what there was a price of before and is another now, by the month. New and vanished ones have not moved. */
    List<Move> movedSince(PriceList before) {
        var moves = new ArrayList<Move>();
        all.forEach((spot, now) -> {
            var then = before.all.get(spot);
            if (then != null && !then.monthly().equals(now.monthly())) {
                moves.add(new Move(spot, then.monthly(), now.monthly()));
            }
        });
        moves.sort((one, other) -> order(one.spot()).compareTo(order(other.spot())));
        return List.copyOf(moves);
    }

    private static String order(Spot spot) {
        return spot.size() + "\0" + spot.region();
    }
}
