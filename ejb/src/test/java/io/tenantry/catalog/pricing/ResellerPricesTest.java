package io.tenantry.catalog.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.catalog.pricing.PriceBook.ListLevel;
import io.tenantry.catalog.pricing.PriceBook.Version;
import io.tenantry.catalog.pricing.ResellerPrices.UpcomingPrice;
import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A reseller's view of its wholesale prices: current and upcoming. */
class ResellerPricesTest {
    private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");
    private static final Instant JANUARY = Instant.parse("2027-01-01T00:00:00Z");
    private static final PriceKey SMALL = PriceFixture.plan("linode", "small", "");

    private static Version version(ListLevel listLevel, Instant from, Optional<Instant> until, String monthly) {
        var item = new PriceItem(SMALL, new BigDecimal(monthly), true, Optional.empty());
        return new Version(listLevel, UUID.randomUUID(), 1, from, until, Map.of(SMALL, item));
    }

    private static List<Optional<UpcomingPrice>> upcoming(Version... versions) {
        var book = new PriceBook(Currency.getInstance("EUR"), List.of(versions));
        return ResellerPrices.lines(book, NOVEMBER).stream()
                .map(ResellerPrices.Line::coming)
                .toList();
    }

    private static Optional<UpcomingPrice> from(Instant instant, String monthly) {
        return Optional.of(new UpcomingPrice(Money.of(monthly, "EUR"), instant));
    }

    @Test
    void announcesTheEndOfAMembershipWithTheNextPrice() {
        assertThat(upcoming(
                        version(ListLevel.ALL, OCTOBER, Optional.empty(), "10"),
                        version(ListLevel.GROUP, OCTOBER, Optional.of(DECEMBER), "7")))
                .containsExactly(from(DECEMBER, "10"));
    }

    @Test
    void usesTheBackupPriceOfANarrowerListForBackupPolicies() {
        var daily = PriceFixture.addon("linode", "BACKUP_DAILY");
        var backups = PriceFixture.addon("linode", "BACKUP");
        var book = new PriceBook(
                Currency.getInstance("EUR"),
                List.of(
                        new Version(ListLevel.ALL, UUID.randomUUID(), 1, OCTOBER, Optional.empty(), prices(daily, "5")),
                        new Version(
                                ListLevel.RESELLER,
                                UUID.randomUUID(),
                                1,
                                OCTOBER,
                                Optional.empty(),
                                prices(backups, "3"))));
        assertThat(ResellerPrices.lines(book, NOVEMBER))
                .extracting(line -> line.key() + " " + line.monthly().orElseThrow())
                .containsExactly(backups + " " + Money.of("3", "EUR"), daily + " " + Money.of("3", "EUR"));
    }

    private static Map<PriceKey, PriceItem> prices(PriceKey key, String monthly) {
        return Map.of(key, new PriceItem(key, new BigDecimal(monthly), true, Optional.empty()));
    }

    @Test
    void announcesTheFirstDifferentPrice() {
        assertThat(upcoming(
                        version(ListLevel.ALL, OCTOBER, Optional.of(DECEMBER), "10"),
                        version(ListLevel.ALL, DECEMBER, Optional.of(JANUARY), "10"),
                        version(ListLevel.ALL, JANUARY, Optional.empty(), "11")))
                .containsExactly(from(JANUARY, "11"));
    }

    @Test
    void announcesNoEndWithoutAPriceChange() {
        assertThat(upcoming(
                        version(ListLevel.ALL, OCTOBER, Optional.empty(), "7"),
                        version(ListLevel.GROUP, OCTOBER, Optional.of(DECEMBER), "7")))
                .containsExactly(Optional.empty());
    }

    @Test
    void announcesAnUpcomingMembership() {
        assertThat(upcoming(
                        version(ListLevel.ALL, OCTOBER, Optional.empty(), "10"),
                        version(ListLevel.GROUP, DECEMBER, Optional.of(JANUARY), "7")))
                .containsExactly(from(DECEMBER, "7"));
    }
}
