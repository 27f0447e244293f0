package io.tenantry.settlement;

import static io.tenantry.catalog.pricing.PriceFixture.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.catalog.pricing.PriceBook.PriceLookup;
import io.tenantry.catalog.pricing.PriceFixture;
import io.tenantry.catalog.pricing.PriceKey;
import io.tenantry.catalog.pricing.WholesalePrices;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each hour costs the reseller the price of the list in force when it starts; settled hours never change; resellers cannot see each other's
 * prices.
 */
@Tag("full")
class SettledPricesTest {
    private static final Instant RENTED = Instant.parse("2026-10-10T12:20:00Z");
    private static final Instant OCTOBER_ENDED = Instant.parse("2026-10-31T23:00:00Z");
    private static final Instant IN_NOVEMBER = Instant.parse("2026-11-05T00:00:00Z");

    /** The size of the plans of {@link BillingFixture}. */
    private static final PriceKey SIZE = plan(PriceKey.PLATFORM, "1-1024-10-1000", "");

    private static int resellers;
    private final List<SettlementFixture> opened = new ArrayList<>();

    private SettlementFixture reseller(String currency) {
        var made = new SettlementFixture("priced-" + ++resellers, currency, "Europe/Berlin");
        made.billingFixture.clock.stopAt(RENTED);
        opened.add(made);
        return made;
    }

    @AfterEach
    void ledgersAreConsistent() {
        for (var one : opened) {
            assertThat(one.faults()).isEmpty();
            assertThat(AuditorFixture.found(one.billingFixture.tenant, "settle"))
                    .isEmpty();
            one.forget();
        }
    }

    private static void publish(SettlementFixture settlementFixture, String currency, String from, String monthly) {
        PriceFixture.publish(
                settlementFixture.billingFixture.tenant, currency, Instant.parse(from), Map.of(SIZE, monthly));
    }

    private static void settleOctober(SettlementFixture settlementFixture) {
        settlementFixture.billingFixture.charge(OCTOBER_ENDED);
        settlementFixture.settle(IN_NOVEMBER);
        assertThat(settlementFixture.unfinished()).isEmpty();
    }

    private static List<String> settledPrices(SettlementFixture settlementFixture) {
        return settlementFixture.billingFixture.in(
                () -> settlementFixture.billingFixture.sql.query("""
                select w.hours || ' ' || w.origin || ' ' || w.monthly::float8 || ' ' || w.wholesale::float8 as segment
                  from settled_price w
                 order by w.rated_period_id, w.segment
                """, row -> row.text("segment")));
    }

    @Test
    void appliesAChangedPriceToHoursThatStartAfterIt() {
        var settlementFixture = reseller("EUR");
        publish(settlementFixture, "EUR", "2026-01-01T00:00:00Z", "7.30");
        publish(settlementFixture, "EUR", "2026-10-20T00:00:00Z", "14.60");
        settlementFixture.rent(settlementFixture.price("29.20", "3.65"), RENTED);
        settleOctober(settlementFixture);
        // 228 hours start before the 20th at 0.01, 287 from then on at 0.02
        assertThat(settledPrices(settlementFixture)).containsExactly("228 LIST 7.3 2.28", "287 LIST 14.6 5.74");
        assertThat(settlementFixture.settlements().get(0)).contains(" 8.02 ");

        publish(settlementFixture, "EUR", "2026-11-10T00:00:00Z", "29.20");
        assertThat(settlementFixture.settlements().get(0))
                .as("settled months do not change")
                .contains(" 8.02 ");
        assertThat(settledPrices(settlementFixture)).hasSize(2);
    }

    /** Not the entered price, which no settlement used. */
    @Test
    void detailsShowTheWholesaleRatesOfTheHours() {
        var settlementFixture = reseller("EUR");
        var billingFixture = settlementFixture.billingFixture;
        publish(settlementFixture, "EUR", "2026-01-01T00:00:00Z", "7.30");
        publish(settlementFixture, "EUR", "2026-10-15T00:00:00Z", "7.30");
        publish(settlementFixture, "EUR", "2026-10-20T00:00:00Z", "14.60");
        var rented = settlementFixture.rent(settlementFixture.price("29.20", "0"), RENTED);
        settleOctober(settlementFixture);
        var ledger = settlementFixture.ledger();
        var id = billingFixture
                .in(() -> ledger.months(billingFixture.tenant, YearMonth.of(2026, 10), YearMonth.of(2026, 10)))
                .get(0)
                .id();
        assertThat(billingFixture
                        .in(() -> ledger.drill(id, 1, Optional.of(rented.service()), 1))
                        .hours())
                .singleElement()
                .satisfies(period -> {
                    assertThat(period.asked())
                            .containsExactly(
                                    new SettlementLineDetails.LineQuery(228, billingFixture.money("0.01")),
                                    new SettlementLineDetails.LineQuery(287, billingFixture.money("0.02")));
                    assertThat(period.wholesale()).isEqualTo(billingFixture.money("8.02"));
                });
    }

    @Test
    void appliesAVersionToHoursThatStartAtItsInstant() {
        var settlementFixture = reseller("EUR");
        publish(settlementFixture, "EUR", "2026-01-01T00:00:00Z", "7.30");
        publish(settlementFixture, "EUR", "2026-10-10T13:20:00Z", "14.60");
        publish(settlementFixture, "EUR", "2026-10-10T13:40:00Z", "21.90");
        publish(settlementFixture, "EUR", "2026-10-10T14:20:00.000001Z", "7.30");
        settlementFixture.rent(settlementFixture.price("29.20", "3.65"), RENTED);
        settleOctober(settlementFixture);
        assertThat(settledPrices(settlementFixture))
                .containsExactly("1 LIST 7.3 0.01", "1 LIST 14.6 0.02", "1 LIST 21.9 0.03", "512 LIST 7.3 5.12");
    }

    @Test
    void usesTheManualPriceBeforeAnyListApplies() {
        var settlementFixture = reseller("EUR");
        publish(settlementFixture, "EUR", "2026-10-20T00:00:00Z", "14.60");
        settlementFixture.rent(settlementFixture.price("29.20", "3.65"), RENTED);
        settleOctober(settlementFixture);
        assertThat(settledPrices(settlementFixture)).containsExactly("228 MANUAL 3.65 1.14", "287 LIST 14.6 5.74");
    }

    @Test
    void prefersResellerListsToGroupListsToGeneralLists() {
        var settlementFixture = reseller("DKK");
        var account = PriceFixture.account(settlementFixture.billingFixture.tenant, "DKK");
        var group = UUID.randomUUID();
        Database.asOwner("insert into platform.reseller_group (id, name, created_at) values ('" + group + "', 'Priced "
                + group + "', now())");
        Database.asOwner(
                "insert into platform.reseller_group_member (account_id, group_id, from_month, recorded_at, recorded_by) values ('"
                        + account + "', '" + group + "', '2026-10-01', '2026-10-15T00:00:00Z', 'test')");
        publishForAll("DKK", "2026-01-01T00:00:00Z", "7.30");
        PriceFixture.publishForGroup(group, "DKK", Instant.parse("2026-01-01T00:00:00Z"), Map.of(SIZE, "14.60"));
        publish(settlementFixture, "DKK", "2026-10-25T00:00:00Z", "21.90");
        settlementFixture.rent(settlementFixture.price("29.20", "3.65"), RENTED);
        settleOctober(settlementFixture);
        assertThat(settledPrices(settlementFixture))
                .as("a membership applies from the time it was recorded, whatever its month")
                .containsExactly("108 LIST 7.3 1.08", "240 LIST 14.6 4.8", "167 LIST 21.9 5.01");

        // It leaves the group: settled hours stay, and it does not see the group's later prices.
        Database.asOwner(
                "insert into platform.reseller_group_member (account_id, group_id, from_month, recorded_at, recorded_by) values ('"
                        + account + "', null, '2026-11-01', '2026-11-05T00:00:00Z', 'test')");
        var later =
                PriceFixture.publishForGroup(group, "DKK", Instant.parse("2026-11-06T00:00:00Z"), Map.of(SIZE, "1"));
        assertThat(visibleItems(settlementFixture, later)).isZero();
    }

    private static void publishForAll(String currency, String from, String monthly) {
        PriceFixture.publishForAll(currency, Instant.parse(from), Map.of(SIZE, monthly));
    }

    private static int visibleItems(SettlementFixture settlementFixture, UUID version) {
        return settlementFixture.billingFixture.in(() -> settlementFixture.billingFixture.sql.one(
                "select count(*)::int as n from platform.price_list_item where version_id = ?",
                row -> row.whole("n"),
                version));
    }

    @Test
    void chargesNoWholesaleForOwnAccountsUntilThePlatformProvides() {
        var settlementFixture = reseller("EUR");
        var billingFixture = settlementFixture.billingFixture;
        var account = UUID.randomUUID();
        var price = settlementFixture.price("29.20", "3.65");
        var rented = settlementFixture.rent(price, RENTED);
        source(billingFixture, account, price, rented);
        PriceFixture.publish(
                billingFixture.tenant,
                "EUR",
                Instant.parse("2026-01-01T00:00:00Z"),
                Map.of(plan("sandbox", "small", ""), "14.60", plan("sandbox", "small", "fra1"), "7.30"));
        Database.asOwner(
                "insert into platform.platform_provider_account (account_id, provider_account_id, provided, from_at, recorded_at, recorded_by)"
                        + " values ('" + PriceFixture.account(billingFixture.tenant, "EUR") + "', '" + account
                        + "', true, '2026-10-20T00:00:00Z', '2026-10-19T00:00:00Z', 'test')");
        settleOctober(settlementFixture);
        assertThat(settledPrices(settlementFixture)).containsExactly("228 OWN_ACCOUNT 0 0", "287 LIST 7.3 2.87");
        assertThat(settlementFixture.lines("2026-10"))
                .as("an own account is not unpriced")
                .allMatch(line -> line.startsWith("SERVICE 2026-10 1 515 0"));
    }

    @Test
    void chargesUnlistedRegionsAtTheHighestListedPrice() {
        var settlementFixture = reseller("RON");
        var billingFixture = settlementFixture.billingFixture;
        var account = UUID.randomUUID();
        var price = settlementFixture.price("29.20", "0");
        source(billingFixture, account, price, settlementFixture.rent(price, RENTED));
        var seed = 7L;
        var random = new Random(seed);
        for (var n = 0; n < 12; n++) {
            var from = Instant.parse("2026-10-10T12:00:00Z").plus(Duration.ofMinutes(random.nextInt(30_000)));
            var region = List.of("", "fra1", "nyc1", "nyc1", "sgp1", "sgp1").get(random.nextInt(6));
            var prices = Map.of(
                    plan("sandbox", "small", region),
                    String.valueOf(1 + random.nextInt(9)),
                    plan("sandbox", "small", "ams1"),
                    String.valueOf(1 + random.nextInt(9)));
            if (random.nextBoolean()) {
                PriceFixture.publish(billingFixture.tenant, "RON", from, prices);
            } else {
                PriceFixture.publishForAll("RON", from, prices);
            }
        }
        PriceFixture.publish(
                billingFixture.tenant,
                "RON",
                Instant.parse("2026-01-01T00:00:00Z"),
                Map.of(plan("sandbox", "small", "nyc1"), "14.60", plan("sandbox", "small", "ams1"), "7.30"));
        provide(settlementFixture, account, "2026-01-01T00:00:00Z");
        settleOctober(settlementFixture);
        assertThat(settledPrices(settlementFixture))
                .as("seed %s", seed)
                .hasSizeGreaterThan(5)
                .noneMatch(piece -> piece.contains("MANUAL"));
        assertThat(settledPrices(settlementFixture).get(0)).contains("LIST 14.6 ");
        var book = billingFixture.in(
                () -> new WholesalePrices(billingFixture.sql, new TenantDirectory(Database.administration()))
                        .book(RENTED.minus(Duration.ofDays(60))));
        var priceLookup = new PriceLookup(PriceKey.Kind.PLAN, "sandbox", List.of("small"), "fra1");
        var hours = billingFixture.in(
                () -> billingFixture.sql.query("""
                select w.starts_at + h * interval '1 hour' as at, w.monthly
                  from settled_price w, generate_series(0, w.hours - 1) h
                """, row -> Map.entry(row.instant("at"), row.decimal("monthly"))));
        for (var hour : hours) {
            assertThat(book.charged(priceLookup, hour.getKey())
                            .orElseThrow()
                            .monthly()
                            .amount())
                    .as("seed %s at %s", seed, hour.getKey())
                    .isEqualByComparingTo(hour.getValue());
        }
    }

    private static void provide(SettlementFixture settlementFixture, UUID account, String from) {
        Database.asOwner(
                "insert into platform.platform_provider_account (account_id, provider_account_id, provided, from_at, recorded_at, recorded_by)"
                        + " values ('" + PriceFixture.account(settlementFixture.billingFixture.tenant, "RON") + "', '"
                        + account
                        + "', true, '" + from + "', '" + from + "', 'test')");
    }

    private static void source(BillingFixture billingFixture, UUID account, UUID price, BillingFixture.Rented rented) {
        billingFixture.in(() -> {
            var size = UUID.randomUUID();
            billingFixture.sql.update("""
                    insert into provider_account (id, name, provider, credentials, state, created_at, credentials_at)
                    values (?, 'Ours', 'sandbox', 'v1.key.AAAA', 'ON', ?, ?)
                    """, account, RENTED, RENTED);
            billingFixture.sql.update("""
                    insert into provider_size (id, account_id, code, name, family, vcpus, memory_mib, disk_gib, transfer_gib, regions, seen_at)
                    values (?, ?, 'small', 'Small', 'shared', 1, 1024, 10, 1000, '{}', ?)
                    """, size, account, RENTED);
            billingFixture.sql.update("""
                    insert into plan_source (plan_id, account_id, size_id, cost_currency, cost_monthly, exchange, markup_kind, markup,
                                             decided_at, decided_by)
                    select v.plan_id, ?, ?, 'USD', 3, 1, 'PERCENT', 50, ?, 'test' from price_version v where v.id = ?
                    """, account, size, RENTED, price);
            return billingFixture.sql.update("""
                    update service
                       set account = ?, provider_region = 'fra1', provider_size = 'small', provider_image = 'debian'
                     where id = ?
                    """, account.toString(), rented.service());
        });
    }

    /** The set-based statement finds the same price for each hour as the rule in Java, for all lists. */
    @Test
    void matchesThePriceLookupForEverySettledHour() {
        var seed = 25L;
        var random = new Random(seed);
        var settlementFixture = reseller("SEK");
        for (var n = 0; n < 6; n++) {
            var from = Instant.parse("2026-10-01T00:00:00Z").plus(Duration.ofMinutes(random.nextInt(43_000)));
            var monthly = BigDecimal.valueOf(random.nextInt(5_000), 2).toPlainString();
            if (random.nextBoolean()) {
                publish(settlementFixture, "SEK", from.toString(), monthly);
            } else {
                publishForAll("SEK", from.toString(), monthly);
            }
        }
        publishForAll("SEK", "2026-09-01T00:00:00Z", "5");
        for (var n = 0; n < 8; n++) {
            var at = Instant.parse("2026-10-01T00:00:00Z").plus(Duration.ofMinutes(random.nextInt(40_000)));
            settlementFixture.rent(settlementFixture.price("100", "3.65"), at);
        }
        settleOctober(settlementFixture);
        var billingFixture = settlementFixture.billingFixture;
        var book = billingFixture.in(
                () -> new WholesalePrices(billingFixture.sql, new TenantDirectory(Database.administration()))
                        .book(RENTED.minus(Duration.ofDays(60))));
        var priceLookup = new PriceLookup(PriceKey.Kind.PLAN, PriceKey.PLATFORM, List.of(SIZE.code()), "");
        var hours = billingFixture.in(
                () -> billingFixture.sql.query("""
                select w.starts_at + h * interval '1 hour' as at, w.monthly
                  from settled_price w, generate_series(0, w.hours - 1) h
                """, row -> Map.entry(row.instant("at"), row.decimal("monthly"))));
        assertThat(hours).as("seed %s", seed).hasSizeGreaterThan(500);
        for (var hour : hours) {
            assertThat(book.charged(priceLookup, hour.getKey())
                            .orElseThrow()
                            .monthly()
                            .amount())
                    .as("seed %s at %s", seed, hour.getKey())
                    .isEqualByComparingTo(hour.getValue());
        }
    }

    @Test
    void resellersReadOnlyTheirOwnPricesAndWriteNone() {
        var one = reseller("NOK");
        var other = reseller("NOK");
        publishForAll("NOK", "2026-01-01T00:00:00Z", "9");
        var ours = PriceFixture.publish(
                one.billingFixture.tenant, "NOK", Instant.parse("2026-01-01T00:00:00Z"), Map.of(SIZE, "8"));
        var theirs = PriceFixture.publish(
                other.billingFixture.tenant, "NOK", Instant.parse("2026-01-01T00:00:00Z"), Map.of(SIZE, "7"));
        assertThat(visibleItems(one, ours)).isEqualTo(1);
        assertThat(visibleItems(one, theirs)).isZero();
        assertThat(visibleItems(other, theirs)).isEqualTo(1);
        var seen = one.billingFixture.in(() -> one.billingFixture.sql.query("""
                select distinct i.monthly::float8::text as monthly
                  from platform.price_list l
                  join platform.price_list_version v on v.list_id = l.id
                  join platform.price_list_item i on i.version_id = v.id
                 where l.currency = 'NOK'
                 order by 1
                """, row -> row.text("monthly")));
        assertThat(seen).containsExactly("8", "9");
        for (var refused : List.of(
                "update platform.price_list_item set monthly = 0",
                "delete from platform.price_list_item",
                "insert into platform.price_list_item (version_id, kind, provider, code, region, monthly) values ('"
                        + ours + "', 'PLAN', 'platform', 'x', '', 0)",
                "update platform.price_list_version set valid_from = now()",
                "insert into platform.platform_provider_account (account_id, provider_account_id, provided, from_at, recorded_at, recorded_by)"
                        + " values (gen_random_uuid(), gen_random_uuid(), false, now(), now(), 'x')",
                "select published_by from platform.price_list_version",
                "select note from platform.price_list_version",
                "select cost_monthly from platform.price_list_item",
                "update platform.wholesale_policy set starts_at = now()")) {
            assertThatThrownBy(() -> one.billingFixture.in(() -> one.billingFixture.sql.update(refused)))
                    .as(refused)
                    .hasStackTraceContaining("permission denied");
        }
        for (var refused : List.of(
                "update platform.price_list_item set monthly = 0 where version_id = '" + ours + "'",
                "delete from platform.price_list_version where id = '" + ours + "'",
                "update platform.price_list set currency = 'EUR'",
                "delete from platform.platform_provider_account")) {
            assertThatThrownBy(() -> Database.asOwner(refused)).as(refused).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void auditorFindsHoursSettledAtADifferentPrice() {
        var settlementFixture = reseller("EUR");
        publish(settlementFixture, "EUR", "2026-01-01T00:00:00Z", "7.30");
        settlementFixture.rent(settlementFixture.price("29.20", "3.65"), RENTED);
        settleOctober(settlementFixture);
        var schema = settlementFixture.billingFixture.tenant.schema();
        Database.asOwner("alter table " + schema + ".settled_price disable trigger settled_price_immutable");
        Database.asOwner("update " + schema + ".settled_price set monthly = 3.65");
        assertThat(AuditorFixture.found(settlementFixture.billingFixture.tenant, "settlement-prices"))
                .isNotEmpty();
        Database.asOwner("update " + schema + ".settled_price set monthly = 7.30");
        Database.asOwner("alter table " + schema + ".settled_price enable trigger settled_price_immutable");
    }
}
