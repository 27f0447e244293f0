package io.tenantry.pricing;

import io.tenantry.money.Money;
import java.time.Instant;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * All published wholesale prices that hold for one reseller, and when. Without clock or database.
 *
 * <p>Of what is asked for at an instant the narrowest list wins that names a price: the reseller's own, then its group's, then everybody's.
 * Within a list the more specific code wins, then a price of the region over one for all regions.
 *
 * @param currency of all prices; a list in another currency never holds for the reseller, so that nothing is converted
 */
public record PriceBook(Currency currency, List<Version> versions) {
    public PriceBook {
        versions = List.copyOf(versions);
    }

    /** Whose list it is, the narrowest first. */
    public enum Layer {
        RESELLER,
        GROUP,
        ALL
    }

    /**
     * A published version while it holds for the reseller.
     *
     * @param until empty as long as no other follows
     */
    public record Version(
            Layer layer, UUID id, int number, Instant from, Optional<Instant> until, Map<PriceKey, PriceItem> items) {
        public Version {
            items = Map.copyOf(items);
        }

        /** Whether it holds at an instant. */
        public boolean isInForce(Instant at) {
            return !at.isBefore(from) && until.filter(end -> !at.isBefore(end)).isEmpty();
        }

        private Optional<PriceItem> find(Wanted wanted) {
            return wanted.codes().stream()
                    .flatMap(code -> {
                        var key = new PriceKey(wanted.kind(), wanted.provider(), code, wanted.region());
                        return List.of(key, key.everywhere()).stream();
                    })
                    .flatMap(key -> Optional.ofNullable(items.get(key)).stream())
                    .findFirst();
        }
    }

    /**
     * What a price is asked for.
     *
     * @param codes the most specific first
     * @param region empty if it is not known: then prices of single regions do not count
     */
    public record Wanted(PriceKey.Kind kind, String provider, List<String> codes, String region) {
        public Wanted {
            codes = List.copyOf(codes);
        }
    }

    /** A price that was found. */
    public record Found(Version version, PriceItem item, Money monthly) {}

    /** The price of one unit at an instant; empty if no list names one. */
    public Optional<Found> price(Wanted wanted, Instant at) {
        return versions.stream()
                .filter(version -> version.isInForce(at))
                .sorted(Comparator.comparing(Version::layer))
                .flatMap(version ->
                        version
                                .find(wanted)
                                .map(item -> new Found(version, item, new Money(item.monthly(), currency)))
                                .stream())
                .findFirst();
    }
}
