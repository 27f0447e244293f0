package io.tenantry.catalog.pricing;

import io.tenantry.catalog.pricing.PriceBook.FoundPrice;
import io.tenantry.catalog.pricing.PriceBook.ListLevel;
import io.tenantry.catalog.pricing.PriceBook.PriceLookup;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A reseller's wholesale prices as its staff see them. They belong to the platform; the reseller's staff cannot change them. */
@Stateless
public class ResellerPrices {
    @Inject
    Access access;

    @Inject
    Clock clock;

    @Inject
    WholesalePrices prices;

    /** For the container. */
    public ResellerPrices() {}

    /** For use outside a container. */
    ResellerPrices(Access access, Clock clock, WholesalePrices prices) {
        this.access = access;
        this.clock = clock;
        this.prices = prices;
    }

    /** A price that applies from an instant on. */
    public record UpcomingPrice(Money monthly, Instant from) {}

    /**
     * A price.
     *
     * @param monthly the current price of one unit; empty if it is announced and not in force
     * @param listLevel the owner of its list
     * @param from when that version came into force
     * @param coming the next different price
     */
    public record Line(
            PriceKey key,
            Optional<Money> monthly,
            boolean orderable,
            ListLevel listLevel,
            int version,
            Instant from,
            Optional<UpcomingPrice> coming) {}

    /** Returns all prices that apply now or were announced, in order. */
    public List<Line> all() {
        access.require(Permission.STAFF_PLANS_VIEW);
        var now = clock.instant();
        return lines(prices.book(now), now);
    }

    static List<Line> lines(PriceBook book, Instant now) {
        var relevant = book.versions().stream()
                .filter(version -> version.isInForce(now) || version.from().isAfter(now))
                .toList();
        var keys = new TreeSet<PriceKey>();
        relevant.forEach(version -> keys.addAll(version.items().keySet()));
        var changes = relevant.stream()
                .flatMap(version -> Stream.concat(Stream.of(version.from()), version.until().stream()))
                .filter(at -> at.isAfter(now))
                .distinct()
                .sorted()
                .toList();
        return keys.stream()
                .flatMap(key -> line(book, key, now, changes).stream())
                .toList();
    }

    private static Optional<Line> line(PriceBook book, PriceKey key, Instant now, List<Instant> changes) {
        var priceLookup = new PriceLookup(key.kind(), key.provider(), key.codes(), key.region());
        var present = book.price(priceLookup, now);
        var coming = changes.stream()
                .flatMap(at -> book
                        .price(priceLookup, at)
                        .filter(foundPrice ->
                                !present.map(FoundPrice::monthly).equals(Optional.of(foundPrice.monthly())))
                        .map(foundPrice -> new UpcomingPrice(foundPrice.monthly(), at))
                        .stream())
                .findFirst();
        return present.or(() -> changes.stream()
                        .flatMap(at -> book.price(priceLookup, at).stream())
                        .findFirst())
                .map(foundPrice -> new Line(
                        key,
                        present.map(FoundPrice::monthly),
                        foundPrice.item().orderable(),
                        foundPrice.version().listLevel(),
                        foundPrice.version().number(),
                        foundPrice.version().from(),
                        coming));
    }
}
