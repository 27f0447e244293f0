package io.tenantry.catalog.pricing;

import io.tenantry.kernel.money.Money;
import java.time.Instant;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * All published wholesale prices that apply to one reseller, with their validity. Without clock or database.
 *
 * <p>At an instant, the narrowest list that has a price wins: the reseller's own, then its group's, then the general one. Within a list the
 * more specific code wins, then a price of the region over one for all regions. Publishing needs such a price; an hour in a region that has
 * none is {@link #charged} at the highest of the others.
 *
 * @param currency of all prices; a list in another currency never applies to the reseller, so that nothing is converted
 */
public record PriceBook(Currency currency, List<Version> versions) {
    public PriceBook {
        versions = List.copyOf(versions);
    }

    /** The owner of a list, the narrowest first. */
    public enum ListLevel {
        RESELLER,
        GROUP,
        ALL
    }

    /**
     * A published version with its validity for the reseller.
     *
     * @param until empty as long as no other follows
     */
    public record Version(
            ListLevel listLevel,
            UUID id,
            int number,
            Instant from,
            Optional<Instant> until,
            Map<PriceKey, PriceItem> items) {
        public Version {
            items = Map.copyOf(items);
        }

        /** Whether it is in force at an instant. */
        public boolean isInForce(Instant at) {
            return !at.isBefore(from) && until.filter(end -> !at.isBefore(end)).isEmpty();
        }

        private Optional<PriceItem> find(PriceLookup priceLookup) {
            return priceLookup.codes().stream()
                    .flatMap(code -> {
                        var key = new PriceKey(priceLookup.kind(), priceLookup.provider(), code, priceLookup.region());
                        return List.of(key, key.everywhere()).stream();
                    })
                    .flatMap(key -> Optional.ofNullable(items.get(key)).stream())
                    .findFirst();
        }
    }

    /**
     * The subject of a price lookup.
     *
     * @param codes the most specific first
     * @param region empty if it is not known: then prices of single regions do not count
     */
    public record PriceLookup(PriceKey.Kind kind, String provider, List<String> codes, String region) {
        public PriceLookup {
            codes = List.copyOf(codes);
        }
    }

    /** A price that was found. */
    public record FoundPrice(Version version, PriceItem item, Money monthly) {}

    /** Returns the price of one unit at an instant; empty if no list has one. */
    public Optional<FoundPrice> price(PriceLookup priceLookup, Instant at) {
        return versions.stream()
                .filter(version -> version.isInForce(at))
                .sorted(Comparator.comparing(Version::listLevel))
                .flatMap(version -> version
                        .find(priceLookup)
                        .map(item -> new FoundPrice(version, item, new Money(item.monthly(), currency)))
                        .stream())
                .findFirst();
    }

    /**
     * Returns the price at which an hour that starts at an instant is charged. In a region for which no list has a price it is the highest
     * price of any other region: a provider's new region is not free of charge. Empty if no list has a price at all, or only for regions while
     * the region is not known.
     */
    public Optional<FoundPrice> charged(PriceLookup priceLookup, Instant at) {
        return price(priceLookup, at)
                .or(() -> priceLookup.region().isEmpty()
                        ? Optional.empty()
                        : priceLookup.codes().stream()
                                .flatMap(code -> highest(priceLookup, code, at).stream())
                                .findFirst());
    }

    private Optional<FoundPrice> highest(PriceLookup priceLookup, String code, Instant at) {
        return versions.stream()
                .filter(version -> version.isInForce(at))
                .sorted(Comparator.comparing(Version::listLevel).reversed())
                .flatMap(version -> version.items().values().stream()
                        .filter(item -> item.key().kind() == priceLookup.kind()
                                && item.key().provider().equals(priceLookup.provider())
                                && item.key().code().equals(code))
                        .map(item -> new FoundPrice(version, item, new Money(item.monthly(), currency))))
                .max(Comparator.comparing(FoundPrice::monthly));
    }
}
