package io.tenantry.settlement;

import static io.tenantry.catalog.pricing.PriceFixture.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.catalog.pricing.PriceFixture;
import io.tenantry.catalog.pricing.PriceKey;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A service that changes to a more expensive plan within an hour: that hour's increase is at the prices of its start, whatever is published
 * during it.
 */
@Tag("full")
class PriceIncreasesTest {
    private static final Instant RENTED = Instant.parse("2026-10-10T12:20:00Z");
    private static final Instant HOUR = Instant.parse("2026-10-20T12:20:00Z");
    private static final Instant OCTOBER_ENDED = Instant.parse("2026-10-31T23:00:00Z");

    private static int resellers;
    private final List<SettlementFixture> opened = new ArrayList<>();

    private SettlementFixture reseller() {
        var made = new SettlementFixture("risen-" + ++resellers, "EUR", "Europe/Berlin");
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

    /** Creates a price of a plan with this much memory. */
    private static UUID price(SettlementFixture settlementFixture, int memory, String monthly) {
        var price = settlementFixture.price(monthly, "0");
        settlementFixture.billingFixture.in(() -> settlementFixture.billingFixture.sql.update(
                "update plan set memory_mib = ? where id = (select plan_id from price_version where id = ?)",
                memory,
                price));
        return price;
    }

    private static void publish(
            SettlementFixture settlementFixture, String from, String small, String middle, String large) {
        PriceFixture.publish(
                settlementFixture.billingFixture.tenant,
                "EUR",
                Instant.parse(from),
                Map.of(size(1024), small, size(2048), middle, size(4096), large));
    }

    private static PriceKey size(int memory) {
        return plan(PriceKey.PLATFORM, "1-" + memory + "-10-1000", "");
    }

    private static List<String> settledWholesale(SettlementFixture settlementFixture) {
        settlementFixture.billingFixture.charge(OCTOBER_ENDED);
        settlementFixture.settle(Instant.parse("2026-11-05T00:00:00Z"));
        assertThat(settlementFixture.unfinished()).isEmpty();
        return settlementFixture.billingFixture.in(() -> settlementFixture.billingFixture.sql.query(
                "select s.wholesale::float8::text as wholesale from settled_period s order by s.rated_period_id",
                row -> row.text("wholesale")));
    }

    /** Returns what both sides can verify: the price of the current hour, and those of the hours after it. */
    private static List<String> settledPrices(SettlementFixture settlementFixture) {
        return settlementFixture.billingFixture.in(
                () -> settlementFixture.billingFixture.sql.query("""
                select w.segment || ': ' || w.hours || ' at ' || w.monthly::float8 || ' is ' || w.wholesale::float8 as segment
                  from settled_price w
                 order by w.rated_period_id, w.segment
                """, row -> row.text("segment")));
    }

    @Test
    void ignoresVersionsPublishedDuringTheHour() {
        for (var version : List.of("2026-10-20T12:30:00Z", "2026-10-20T13:10:00Z", "2026-10-20T13:20:00Z")) {
            var settlementFixture = reseller();
            publish(settlementFixture, "2026-01-01T00:00:00Z", "7.30", "14.60", "21.90");
            publish(settlementFixture, version, "14.60", "29.20", "43.80");
            var rented = settlementFixture.rent(price(settlementFixture, 1024, "10"), RENTED);
            settlementFixture.billingFixture.charge(HOUR);
            settlementFixture.billingFixture.change(
                    rented, price(settlementFixture, 2048, "20"), HOUR.plusSeconds(1_800));
            // 241 hours at 0.01; then 0.01 for the increase, as the hour started at 0.02, and 274 hours at 0.04
            assertThat(settledWholesale(settlementFixture)).as(version).containsExactly("2.41", "10.97");
            assertThat(settledPrices(settlementFixture))
                    .as(version)
                    .containsExactly("1: 241 at 7.3 is 2.41", "0: 0 at 14.6 is 0", "1: 274 at 29.2 is 10.97");
        }
    }

    @Test
    void appliesCheaperVersionsFromTheNextHour() {
        var settlementFixture = reseller();
        publish(settlementFixture, "2026-01-01T00:00:00Z", "7.30", "14.60", "21.90");
        publish(settlementFixture, "2026-10-20T12:30:00Z", "3.65", "7.30", "7.30");
        var rented = settlementFixture.rent(price(settlementFixture, 1024, "10"), RENTED);
        settlementFixture.billingFixture.charge(HOUR);
        settlementFixture.billingFixture.change(rented, price(settlementFixture, 2048, "20"), HOUR.plusSeconds(1_800));
        assertThat(settledWholesale(settlementFixture)).containsExactly("2.41", "2.75");
    }

    @Test
    void chargesTheHighestOfSeveralChangesWithinTheHour() {
        var settlementFixture = reseller();
        publish(settlementFixture, "2026-01-01T00:00:00Z", "7.30", "14.60", "21.90");
        publish(settlementFixture, "2026-10-20T12:30:00Z", "14.60", "29.20", "43.80");
        var rented = settlementFixture.rent(price(settlementFixture, 1024, "10"), RENTED);
        settlementFixture.billingFixture.charge(HOUR);
        settlementFixture.billingFixture.change(rented, price(settlementFixture, 2048, "20"), HOUR.plusSeconds(1_200));
        settlementFixture.billingFixture.change(rented, price(settlementFixture, 1024, "15"), HOUR.plusSeconds(1_800));
        settlementFixture.billingFixture.change(rented, price(settlementFixture, 4096, "40"), HOUR.plusSeconds(2_400));
        // The hour totals 0.03, the highest price at its start; then 274 hours at 0.06.
        assertThat(settledWholesale(settlementFixture)).containsExactly("2.41", "0.01", "16.45");
    }

    @Test
    void chargesNoWholesaleForHoursStartedInAnOwnAccount() {
        var settlementFixture = reseller();
        PriceFixture.publish(
                settlementFixture.billingFixture.tenant,
                "EUR",
                Instant.parse("2026-01-01T00:00:00Z"),
                Map.of(plan("sandbox", "small", ""), "7.30", plan("sandbox", "large", ""), "14.60"));
        var account = UUID.randomUUID();
        var small = price(settlementFixture, 1024, "10");
        var large = price(settlementFixture, 2048, "20");
        var rented = settlementFixture.rent(small, RENTED);
        account(settlementFixture.billingFixture, account);
        source(settlementFixture.billingFixture, account, "small", small);
        source(settlementFixture.billingFixture, account, "large", large);
        settlementFixture.billingFixture.in(
                () -> settlementFixture.billingFixture.sql.update("""
                update service
                   set account = ?, provider_region = 'fra1', provider_size = 'small', provider_image = 'debian'
                 where id = ?
                """, account.toString(), rented.service()));
        Database.asOwner(
                "insert into platform.platform_provider_account (account_id, provider_account_id, provided, from_at, recorded_at, recorded_by)"
                        + " values ('" + PriceFixture.account(settlementFixture.billingFixture.tenant, "EUR") + "', '"
                        + account
                        + "', true, '2026-10-20T13:00:00Z', '2026-10-20T13:00:00Z', 'test')");
        settlementFixture.billingFixture.charge(HOUR);
        settlementFixture.billingFixture.change(rented, large, HOUR.plusSeconds(1_800));
        assertThat(settledWholesale(settlementFixture)).containsExactly("0", "5.48");
    }

    private static void account(BillingFixture billingFixture, UUID account) {
        billingFixture.in(() -> billingFixture.sql.update("""
                insert into provider_account (id, name, provider, credentials, state, created_at, credentials_at)
                values (?, 'Ours', 'sandbox', 'v1.key.AAAA', 'ON', ?, ?)
                """, account, RENTED, RENTED));
    }

    private static void source(BillingFixture billingFixture, UUID account, String code, UUID price) {
        billingFixture.in(() -> {
            var size = UUID.randomUUID();
            billingFixture.sql.update("""
                    insert into provider_size (id, account_id, code, name, family, vcpus, memory_mib, disk_gib, transfer_gib, regions, seen_at)
                    values (?, ?, ?, ?, 'shared', 1, 1024, 10, 1000, '{}', ?)
                    """, size, account, code, code, RENTED);
            return billingFixture.sql.update("""
                    insert into plan_source (plan_id, account_id, size_id, cost_currency, cost_monthly, exchange, markup_kind, markup,
                                             decided_at, decided_by)
                    select v.plan_id, ?, ?, 'USD', 3, 1, 'PERCENT', 50, ?, 'test' from price_version v where v.id = ?
                    """, account, size, RENTED, price);
        });
    }
}
