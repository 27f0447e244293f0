package io.tenantry.brand.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brand.storefront.Storefront.MapPoint;
import io.tenantry.brand.storefront.Storefront.OnSale;
import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StorefrontTest {
    /** Other tests leave their regions behind. */
    private static final Set<String> OURS = Set.of("fra1", "ams1");

    private final StorefrontFixture storefrontFixture = new StorefrontFixture();

    @Test
    void offersPlansOnSaleAtTheCurrentPrice() {
        StorefrontFixture.run(() -> {
            region("fra1", "Frankfurt");
            category("std", 1);
            category("big", 2);
            var large = plan("l", "big", "ON_SALE");
            price(large, 1, "20", StorefrontFixture.NOON.minusSeconds(1));
            var small = plan("s", "std", "ON_SALE");
            price(small, 1, "7.30", StorefrontFixture.NOON.minus(Duration.ofDays(9)));
            price(small, 2, "8.03", StorefrontFixture.NOON);
            price(small, 3, "9", StorefrontFixture.NOON.plusSeconds(1));
            var medium = plan("m", "std", "ON_SALE");
            price(medium, 1, "5", StorefrontFixture.NOON.minusSeconds(1));
            price(plan("old", "std", "RETIRED"), 1, "1", StorefrontFixture.NOON.minusSeconds(1));
            plan("draft", "std", "DRAFT");
            price(plan("soon", "std", "ON_SALE"), 1, "1", StorefrontFixture.NOON.plusSeconds(1));

            var plans = storefrontFixture.storefront.plans(Currency.getInstance("EUR")).stream()
                    .filter(plan -> plan.regions().equals(List.of("Frankfurt")))
                    .toList();

            assertThat(plans).extracting(OnSale::name).containsExactly("Plan m", "Plan s", "Plan l");
            assertThat(plans.get(1).monthly()).isEqualTo(Money.of("8.03", "EUR"));
            assertThat(plans.get(1).hourly()).isEqualTo(Money.of("0.011", "EUR"));
            assertThat(plans.get(1).category()).isEqualTo("Group std");
            assertThat(plans.get(1).regions()).containsExactly("Frankfurt");
        });
    }

    @Test
    void listsRegionsWithTheirLocationAndNumberOfPlans() {
        StorefrontFixture.run(() -> {
            region("fra1", "Frankfurt");
            region("ams1", "Amsterdam");
            category("std", 1);
            price(plan("s", "std", "ON_SALE"), 1, "7", StorefrontFixture.NOON);
            plan("draft", "std", "DRAFT");
            storefrontFixture.editor.locate("fra1", new MapPoint(new BigDecimal("50.1109"), new BigDecimal("8.6821")));
            storefrontFixture.editor.locate("fra1", new MapPoint(new BigDecimal("50.1"), new BigDecimal("8.7")));
            assertThat(storefrontFixture.storefront.regions())
                    .filteredOn(region -> OURS.contains(region.code()))
                    .containsExactly(
                            new Storefront.Region("ams1", "Amsterdam", "DE", Optional.empty(), 0),
                            new Storefront.Region(
                                    "fra1",
                                    "Frankfurt",
                                    "DE",
                                    Optional.of(new MapPoint(new BigDecimal("50.1000"), new BigDecimal("8.7000"))),
                                    1));
        });
    }

    private void region(String code, String name) {
        storefrontFixture.sql.update("insert into region (code, name, country) values (?, ?, 'DE')", code, name);
    }

    private void category(String code, int position) {
        storefrontFixture.sql.update(
                "insert into category (code, name, position) values (?, ?, ?)", code, "Group " + code, position);
    }

    private UUID plan(String code, String category, String state) {
        var id = new UUID(code.hashCode(), 1);
        storefrontFixture.sql.update("""
                insert into plan (id, code, name, category, vcpus, memory_mib, disk_gib, transfer_gib, state, created_at)
                values (?, ?, ?, ?, 1, 1024, 20, 1024, ?, ?)
                """, id, code, "Plan " + code, category, state, StorefrontFixture.NOON);
        storefrontFixture.sql.update("insert into plan_region (plan_id, region) values (?, 'fra1')", id);
        return id;
    }

    private void price(UUID plan, int version, String monthly, Instant from) {
        var amount = new BigDecimal(monthly);
        storefrontFixture.sql.update(
                """
                insert into price_version (id, plan_id, version, currency, monthly, hourly, wholesale_monthly, valid_from,
                                           published_at, published_by)
                values (?, ?, ?, 'EUR', ?, round(?::numeric / 730, 8), 0, ?, ?, 'test')
                """, new UUID(plan.getMostSignificantBits(), 100 + version), plan, version, amount, amount, from, from);
    }
}
