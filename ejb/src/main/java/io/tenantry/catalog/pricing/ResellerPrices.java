package io.tenantry.catalog.pricing;

import io.tenantry.catalog.pricing.PriceBook.Found;
import io.tenantry.catalog.pricing.PriceBook.Layer;
import io.tenantry.catalog.pricing.PriceBook.Wanted;
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
    public record Coming(Money monthly, Instant from) {}

    /**
     * A price.
     *
     * @param monthly the current price of one unit; empty if it is announced and not in force
     * @param layer the owner of its list
     * @param from when that version came into force
     * @param coming the next different price
     */
    public record Line(
            PriceKey key,
            Optional<Money> monthly,
            boolean orderable,
            Layer layer,
            int version,
            Instant from,
            Optional<Coming> coming) {}

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
        var wanted = new Wanted(key.kind(), key.provider(), key.codes(), key.region());
        var present = book.price(wanted, now);
        var coming = changes.stream()
                .flatMap(at -> book
                        .price(wanted, at)
                        .filter(found -> !present.map(Found::monthly).equals(Optional.of(found.monthly())))
                        .map(found -> new Coming(found.monthly(), at))
                        .stream())
                .findFirst();
        return present.or(() -> changes.stream()
                        .flatMap(at -> book.price(wanted, at).stream())
                        .findFirst())
                .map(found -> new Line(
                        key,
                        present.map(Found::monthly),
                        found.item().orderable(),
                        found.version().layer(),
                        found.version().number(),
                        found.version().from(),
                        coming));
    }
}
