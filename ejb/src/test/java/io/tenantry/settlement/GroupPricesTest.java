package io.tenantry.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.catalog.pricing.PriceFixture;
import io.tenantry.catalog.pricing.PriceKey;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A group's prices apply to a reseller, and are visible to it, exactly while it is in the group, in whatever order its memberships were
 * recorded.
 */
@Tag("full")
class GroupPricesTest {
    private static final Instant RENTED = Instant.parse("2026-10-10T12:20:00Z");

    /** The size of plans in test ledgers. */
    private static final PriceKey SIZE = PriceFixture.plan(PriceKey.PLATFORM, "1-1024-10-1000", "");

    private static int resellers;
    private final List<SettlementFixture> opened = new ArrayList<>();

    private SettlementFixture reseller(String currency, String zone) {
        var made = new SettlementFixture("grouped-prices-" + ++resellers, currency, zone);
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

    private static UUID group() {
        var group = UUID.randomUUID();
        Database.asOwner("insert into platform.reseller_group (id, name, created_at) values ('" + group + "', 'Priced "
                + group + "', now())");
        return group;
    }

    private static void join(
            SettlementFixture settlementFixture,
            String currency,
            @Nullable UUID group,
            String month,
            String recordedAt) {
        var account = PriceFixture.account(settlementFixture.billingFixture.tenant, currency);
        Database.asOwner(
                "insert into platform.reseller_group_member (account_id, group_id, from_month, recorded_at, recorded_by) values ('"
                        + account + "', " + (group == null ? "null" : "'" + group + "'") + ", '" + month + "-01', '"
                        + recordedAt + "', 'test')");
    }

    private static UUID publish(UUID group, String currency, String from, String monthly) {
        return PriceFixture.publishForGroup(group, currency, Instant.parse(from), Map.of(SIZE, monthly));
    }

    private static List<String> settledPrices(SettlementFixture settlementFixture, String monthEnd, String now) {
        settlementFixture.billingFixture.charge(Instant.parse(monthEnd));
        settlementFixture.settle(Instant.parse(now));
        assertThat(settlementFixture.unfinished()).isEmpty();
        return settlementFixture.billingFixture.in(
                () -> settlementFixture.billingFixture.sql.query("""
                select w.hours || ' ' || w.origin || ' ' || w.monthly::float8 as segment
                  from settled_price w
                 order by w.rated_period_id, w.segment
                """, row -> row.text("segment")));
    }

    private static boolean isVisible(SettlementFixture settlementFixture, UUID version) {
        return settlementFixture.billingFixture.in(() -> settlementFixture.billingFixture.sql.one(
                "select exists (select from platform.price_list_version v join platform.price_list_item i on i.version_id = v.id where v.id = ?) as seen",
                row -> row.flag("seen"),
                version));
    }

    @Test
    void appliesAMembershipRecordedAfterALaterOne() {
        var settlementFixture = reseller("DKK", "Europe/Berlin");
        var now = group();
        var next = group();
        join(settlementFixture, "DKK", next, "2026-12", "2026-10-05T00:00:00Z");
        join(settlementFixture, "DKK", now, "2026-10", "2026-10-09T00:00:00Z");
        publish(now, "DKK", "2026-01-01T00:00:00Z", "7.30");
        publish(now, "DKK", "2026-10-20T00:00:00Z", "14.60");
        settlementFixture.rent(settlementFixture.price("29.20", "3.65"), RENTED);
        assertThat(settledPrices(settlementFixture, "2026-10-31T23:00:00Z", "2026-11-05T00:00:00Z"))
                .containsExactly("228 LIST 7.3", "287 LIST 14.6");
    }

    @Test
    void appliesAMembershipRecordedAfterItsEnd() {
        var settlementFixture = reseller("DKK", "Europe/Berlin");
        var group = group();
        join(settlementFixture, "DKK", null, "2026-12", "2026-10-05T00:00:00Z");
        join(settlementFixture, "DKK", group, "2026-10", "2026-10-09T00:00:00Z");
        publish(group, "DKK", "2026-01-01T00:00:00Z", "7.30");
        settlementFixture.rent(settlementFixture.price("29.20", "3.65"), RENTED);
        assertThat(settledPrices(settlementFixture, "2026-10-31T23:00:00Z", "2026-11-05T00:00:00Z"))
                .containsExactly("515 LIST 7.3");
        var late = publish(group, "DKK", "2026-12-02T00:00:00Z", "1");
        assertThat(isVisible(settlementFixture, late)).isFalse();
    }

    @Test
    void appliesVersionsUntilTheMonthEndsInTheTenantsTimeZone() {
        var settlementFixture = reseller("CAD", "America/Vancouver");
        var group = group();
        join(settlementFixture, "CAD", group, "2026-10", "2026-10-01T12:00:00Z");
        join(settlementFixture, "CAD", null, "2026-11", "2026-10-05T00:00:00Z");
        publish(group, "CAD", "2026-01-01T00:00:00Z", "7.30");
        // It is still October in Vancouver, for another five hours.
        var last = publish(group, "CAD", "2026-11-01T02:00:00Z", "14.60");
        settlementFixture.rent(settlementFixture.price("29.20", "3.65"), Instant.parse("2026-10-31T12:00:00Z"));
        assertThat(settledPrices(settlementFixture, "2026-11-01T07:00:00Z", "2026-11-06T00:00:00Z"))
                .containsExactly("14 LIST 7.3", "5 LIST 14.6");
        assertThat(isVisible(settlementFixture, last)).isTrue();
    }

    @Test
    void hidesLaterGroupPricesFromFormerMembers() {
        var settlementFixture = reseller("DKK", "Europe/Berlin");
        var first = group();
        var second = group();
        join(settlementFixture, "DKK", first, "2026-08", "2026-08-01T12:00:00Z");
        join(settlementFixture, "DKK", second, "2026-09", "2026-08-20T00:00:00Z");
        join(settlementFixture, "DKK", null, "2026-11", "2026-10-20T00:00:00Z");
        var before = publish(first, "DKK", "2026-08-25T00:00:00Z", "7.30");
        var after = publish(first, "DKK", "2026-09-15T00:00:00Z", "1");
        var there = publish(second, "DKK", "2026-10-15T00:00:00Z", "2");
        var thereAfter = publish(second, "DKK", "2026-11-15T00:00:00Z", "3");
        assertThat(isVisible(settlementFixture, before))
                .as("published before it left")
                .isTrue();
        assertThat(isVisible(settlementFixture, there))
                .as("published while it was there")
                .isTrue();
        assertThat(isVisible(settlementFixture, after))
                .as("published after it left")
                .isFalse();
        assertThat(isVisible(settlementFixture, thereAfter))
                .as("published after it left")
                .isFalse();
    }

    @Test
    void hidesPricesOfAGroupReplacedBeforeItsMonth() {
        var settlementFixture = reseller("DKK", "Europe/Berlin");
        var mistaken = group();
        var meant = group();
        join(settlementFixture, "DKK", mistaken, "2026-11", "2026-10-01T12:00:00Z");
        join(settlementFixture, "DKK", meant, "2026-11", "2026-10-01T12:05:00Z");
        var version = publish(mistaken, "DKK", "2026-10-02T00:00:00Z", "1");
        var theirs = publish(meant, "DKK", "2026-10-02T00:00:00Z", "1");
        assertThat(isVisible(settlementFixture, version)).isFalse();
        assertThat(isVisible(settlementFixture, theirs)).isTrue();
    }

    /** The auditor sees all lists and calculates independently: it must arrive at the same price for every settled hour. */
    @Test
    void auditorConfirmsPricesForRandomMemberships() {
        var seed = 36L;
        var random = new Random(seed);
        for (var zone : List.of("Pacific/Kiritimati", "America/Vancouver", "Asia/Kolkata")) {
            var settlementFixture = reseller("NZD", zone);
            var groups = List.of(group(), group(), group());
            var start = Instant.parse("2026-10-01T14:00:00Z");
            for (var group : groups) {
                publish(group, "NZD", "2026-01-01T00:00:00Z", price(random));
                for (var n = random.nextInt(8); n > 0; n--) {
                    publish(
                            group,
                            "NZD",
                            start.plus(Duration.ofMinutes(random.nextInt(43_000)))
                                    .toString(),
                            price(random));
                }
            }
            var recordedAt = Instant.parse("2026-09-20T00:00:00Z");
            for (var n = 0; n < 7; n++) {
                recordedAt = recordedAt.plus(Duration.ofMinutes(random.nextInt(9_000)));
                join(
                        settlementFixture,
                        "NZD",
                        random.nextInt(4) == 0 ? null : groups.get(random.nextInt(3)),
                        "2026-" + List.of("09", "10", "11", "12").get(random.nextInt(4)),
                        recordedAt.toString());
            }
            for (var n = 0; n < 3; n++) {
                settlementFixture.rent(
                        settlementFixture.price("100", "3.65"), start.plus(Duration.ofMinutes(random.nextInt(20_000))));
            }
            var end = java.time.LocalDate.of(2026, 11, 1)
                    .atStartOfDay(java.time.ZoneId.of(zone))
                    .toInstant();
            assertThat(settledPrices(settlementFixture, end.toString(), "2026-11-06T00:00:00Z"))
                    .as("seed %s in %s", seed, zone)
                    .isNotEmpty();
            assertThat(AuditorFixture.found(settlementFixture.billingFixture.tenant, "settle"))
                    .as("seed %s in %s", seed, zone)
                    .isEmpty();
        }
    }

    private static String price(Random random) {
        return BigDecimal.valueOf(random.nextInt(5_000), 2).toPlainString();
    }
}
