package io.tenantry.bench.driver;

import io.tenantry.pricing.PriceItem;
import io.tenantry.pricing.PriceKey;
import io.tenantry.pricing.PriceLists;
import io.tenantry.time.MovableClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Prices that the platform asks of everybody, in a server whose tests have come with others before. */
public final class Prices {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    private Prices() {}

    /** A price of the platform's own servers, which can be ordered. */
    public static PriceItem of(PriceKey.Kind kind, String code, String monthly) {
        return new PriceItem(
                new PriceKey(kind, PriceKey.PLATFORM, code, ""), new BigDecimal(monthly), true, Optional.empty());
    }

    /**
     * Adds those that the list of everybody does not have; what has a price keeps it.
     *
     * @return the list
     */
    public static UUID keep(PriceLists lists, Currency currency, List<PriceItem> items) {
        var opened = lists.open(currency);
        var list = opened instanceof PriceLists.Outcome.Exists exists
                ? exists.id()
                : ((PriceLists.Outcome.Done) opened).id();
        var draft = lists.draft(list);
        var known = lists.items(draft).stream().map(PriceItem::key).toList();
        var added = items.stream().filter(item -> !known.contains(item.key())).toList();
        if (added.isEmpty()) {
            lists.discard(draft);
            return list;
        }
        lists.put(draft, added);
        var outcome = lists.publish(draft, Optional.empty(), "");
        if (!(outcome instanceof PriceLists.Outcome.Done)) {
            throw new IllegalStateException("no wholesale prices: " + outcome);
        }
        return list;
    }

    /** As {@link #keep}, from long ago: stories and benches have times of their own, in any order, and each of them finds its prices. */
    public static UUID keepFromLongAgo(PriceLists lists, MovableClock clock, Currency currency, List<PriceItem> items) {
        var now = clock.instant();
        var runs =
                Duration.between(clock.real().plus(clock.offset()), now).abs().compareTo(Duration.ofSeconds(1)) < 0;
        clock.stopAt(LONG_AGO);
        try {
            return keep(lists, currency, items);
        } finally {
            if (runs) {
                clock.moveBy(clock.offset());
            } else {
                clock.stopAt(now);
            }
        }
    }
}
