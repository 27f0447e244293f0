package io.tenantry.bench.driver;

import io.tenantry.catalog.pricing.PriceItem;
import io.tenantry.catalog.pricing.PriceKey;
import io.tenantry.catalog.pricing.PriceListPublications;
import io.tenantry.catalog.pricing.PriceListQuery;
import io.tenantry.catalog.pricing.PriceLists;
import io.tenantry.kernel.time.MovableClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sets up the price list for all resellers in a server shared by several test classes, in any order. */
public final class PriceListSetup {
    private static final Instant SINCE = Instant.parse("2020-01-01T00:00:00Z");

    private final PriceLists lists;
    private final PriceListQuery query;
    private final PriceListPublications publications;

    public PriceListSetup(PriceLists lists, PriceListQuery query, PriceListPublications publications) {
        this.lists = lists;
        this.query = query;
        this.publications = publications;
    }

    /** Returns a price of a plan or add-on of the built-in provider. */
    public static PriceItem of(PriceKey.Kind kind, String code, String monthly) {
        return new PriceItem(
                new PriceKey(kind, PriceKey.PLATFORM, code, ""), new BigDecimal(monthly), true, Optional.empty());
    }

    /**
     * Publishes a version with the prices missing from the list for all resellers. Existing prices stay.
     *
     * @return the list
     */
    public UUID addMissing(Currency currency, List<PriceItem> items) {
        var opened = lists.open(currency);
        var list = opened instanceof PriceLists.Outcome.Exists exists
                ? exists.id()
                : ((PriceLists.Outcome.Done) opened).id();
        var draft = lists.draft(list);
        var known = query.items(draft).stream().map(PriceItem::key).toList();
        var added = items.stream().filter(item -> !known.contains(item.key())).toList();
        if (added.isEmpty()) {
            lists.discard(draft);
            return list;
        }
        lists.put(draft, added);
        var outcome = publications.publish(draft, Optional.empty(), "");
        if (!(outcome instanceof PriceLists.Outcome.Done)) {
            throw new IllegalStateException("no wholesale prices: " + outcome);
        }
        return list;
    }

    /** Like {@link #addMissing}, valid since 2020: each test stops the clock at a different date, and all of them need prices. */
    public UUID addMissingSince2020(MovableClock clock, Currency currency, List<PriceItem> items) {
        var now = clock.instant();
        var runs =
                Duration.between(clock.real().plus(clock.offset()), now).abs().compareTo(Duration.ofSeconds(1)) < 0;
        clock.stopAt(SINCE);
        try {
            return addMissing(currency, items);
        } finally {
            if (runs) {
                clock.moveBy(clock.offset());
            } else {
                clock.stopAt(now);
            }
        }
    }
}
