package io.tenantry.catalog.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.catalog.pricing.PriceBook.ListLevel;
import io.tenantry.catalog.pricing.PriceBook.PriceLookup;
import io.tenantry.catalog.pricing.PriceBook.Version;
import io.tenantry.catalog.pricing.PriceKey.Kind;
import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The narrowest list wins, then the more specific code, then the region, by the version in force at the instant. */
class PriceBookTest {
    private static final Currency EURO = Currency.getInstance("EUR");
    private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");

    private static Version version(
            ListLevel listLevel, Instant from, Optional<Instant> until, Map<PriceKey, String> prices) {
        var items = new HashMap<PriceKey, PriceItem>();
        prices.forEach(
                (key, monthly) -> items.put(key, new PriceItem(key, new BigDecimal(monthly), true, Optional.empty())));
        return new Version(listLevel, UUID.randomUUID(), 1, from, until, items);
    }

    private static PriceKey plan(String code, String region) {
        return new PriceKey(Kind.PLAN, "linode", code, region);
    }

    private static Optional<Money> price(PriceBook book, String region, Instant at, String... codes) {
        return book.price(new PriceLookup(Kind.PLAN, "linode", List.of(codes), region), at)
                .map(PriceBook.FoundPrice::monthly);
    }

    @Test
    void prefersTheNarrowestListOverARegionalPrice() {
        var book = new PriceBook(
                EURO,
                List.of(
                        version(
                                ListLevel.ALL,
                                JANUARY,
                                Optional.empty(),
                                Map.of(plan("a", ""), "1", plan("a", "fra"), "2")),
                        version(ListLevel.GROUP, JANUARY, Optional.empty(), Map.of(plan("a", ""), "3")),
                        version(ListLevel.RESELLER, MARCH, Optional.empty(), Map.of(plan("a", "nyc"), "4"))));
        assertThat(price(book, "fra", JANUARY, "a")).contains(Money.of("3", "EUR"));
        assertThat(price(book, "nyc", JANUARY, "a")).contains(Money.of("3", "EUR"));
        assertThat(price(book, "nyc", MARCH, "a")).contains(Money.of("4", "EUR"));
        assertThat(price(book, "fra", MARCH, "a")).contains(Money.of("3", "EUR"));
        assertThat(price(book, "fra", JANUARY.minusNanos(1), "a")).isEmpty();
        assertThat(price(book, "fra", MARCH, "b")).isEmpty();
    }

    @Test
    void appliesAVersionFromItsStartUntilTheNext() {
        var book = new PriceBook(
                EURO,
                List.of(
                        version(ListLevel.ALL, JANUARY, Optional.of(MARCH), Map.of(plan("a", ""), "1")),
                        version(ListLevel.ALL, MARCH, Optional.empty(), Map.of(plan("a", ""), "2"))));
        assertThat(price(book, "", MARCH.minusNanos(1), "a")).contains(Money.of("1", "EUR"));
        assertThat(price(book, "", MARCH, "a")).contains(Money.of("2", "EUR"));
    }

    @Test
    void prefersTheMoreSpecificCodeOverTheRegion() {
        var book = new PriceBook(
                EURO,
                List.of(version(
                        ListLevel.ALL,
                        JANUARY,
                        Optional.empty(),
                        Map.of(plan("weekly", ""), "1", plan("general", "fra"), "2", plan("general", ""), "3"))));
        assertThat(price(book, "fra", MARCH, "weekly", "general")).contains(Money.of("1", "EUR"));
        assertThat(price(book, "fra", MARCH, "daily", "general")).contains(Money.of("2", "EUR"));
        assertThat(price(book, "nyc", MARCH, "daily", "general")).contains(Money.of("3", "EUR"));
    }

    @Test
    void chargesTheHighestOtherPriceInARegionWithoutAPrice() {
        var book = new PriceBook(
                EURO,
                List.of(
                        version(
                                ListLevel.ALL,
                                JANUARY,
                                Optional.empty(),
                                Map.of(plan("a", "fra"), "2", plan("a", "nyc"), "3", plan("b", "fra"), "9")),
                        version(ListLevel.RESELLER, JANUARY, Optional.of(MARCH), Map.of(plan("a", "sgp"), "1"))));
        assertThat(price(book, "tyo", JANUARY, "a")).as("no published price").isEmpty();
        assertThat(charged(book, "tyo", "a")).contains(Money.of("3", "EUR"));
        assertThat(charged(book, "tyo", "c", "a")).contains(Money.of("3", "EUR"));
        assertThat(charged(book, "tyo", "a", "b"))
                .as("of the more specific code")
                .contains(Money.of("3", "EUR"));
        assertThat(charged(book, "sgp", "a")).contains(Money.of("1", "EUR"));
        assertThat(charged(book, "fra", "a")).contains(Money.of("2", "EUR"));
        assertThat(charged(book, "tyo", "c")).isEmpty();
        assertThat(charged(book, "", "a")).as("unknown region").isEmpty();
    }

    private static Optional<Money> charged(PriceBook book, String region, String... codes) {
        return book.charged(new PriceLookup(Kind.PLAN, "linode", List.of(codes), region), JANUARY)
                .map(PriceBook.FoundPrice::monthly);
    }

    /** Compared with a search that ranks every single price by the rule and takes the best. */
    @Test
    void findsTheSamePriceAsAnExhaustiveSearch() {
        var seed = 36L;
        var random = new Random(seed);
        for (var round = 0; round < 300; round++) {
            var versions = new ArrayList<Version>();
            for (var listLevel : ListLevel.values()) {
                var from = JANUARY.plus(Duration.ofHours(random.nextInt(200)));
                for (var n = random.nextInt(4); n > 0; n--) {
                    var until = from.plus(Duration.ofHours(1 + random.nextInt(100)));
                    var prices = new HashMap<PriceKey, String>();
                    for (var k = random.nextInt(6); k > 0; k--) {
                        prices.put(
                                plan(
                                        "abc".substring(random.nextInt(3)).substring(0, 1),
                                        List.of("", "x", "y").get(random.nextInt(3))),
                                String.valueOf(random.nextInt(1_000)));
                    }
                    versions.add(version(listLevel, from, n == 1 ? Optional.empty() : Optional.of(until), prices));
                    from = until;
                }
            }
            var book = new PriceBook(EURO, versions);
            for (var ask = 0; ask < 20; ask++) {
                var at = JANUARY.plus(Duration.ofMinutes(random.nextInt(40_000)));
                var region = List.of("", "x", "y", "z").get(random.nextInt(4));
                var codes = List.of(List.of("a"), List.of("a", "b"), List.of("c", "a"))
                        .get(random.nextInt(3));
                assertThat(book.price(new PriceLookup(Kind.PLAN, "linode", codes, region), at)
                                .map(foundPrice -> foundPrice.item().monthly()))
                        .as("seed %s round %s ask %s", seed, round, ask)
                        .isEqualTo(searchExhaustively(versions, codes, region, at));
            }
        }
    }

    private static Optional<BigDecimal> searchExhaustively(
            List<Version> versions, List<String> codes, String region, Instant at) {
        var best = Integer.MAX_VALUE;
        Optional<BigDecimal> price = Optional.empty();
        for (var version : versions) {
            var holds = !at.isBefore(version.from())
                    && (version.until().isEmpty() || at.isBefore(version.until().get()));
            for (var item : version.items().values()) {
                var isOf = item.key().region().isEmpty() || item.key().region().equals(region);
                var code = codes.indexOf(item.key().code());
                if (holds && isOf && code >= 0) {
                    var rank = List.of(ListLevel.values()).indexOf(version.listLevel()) * 100
                            + code * 10
                            + (item.key().region().isEmpty() ? 1 : 0);
                    if (rank < best) {
                        best = rank;
                        price = Optional.of(item.monthly());
                    }
                }
            }
        }
        return price;
    }
}
