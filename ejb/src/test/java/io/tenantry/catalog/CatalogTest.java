package io.tenantry.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.catalog.Catalog.Offer;
import io.tenantry.catalog.Catalog.Region;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Sql;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** Other tests leave their regions behind. */
    private static final Set<String> OURS = Set.of("shelf-a", "shelf-b", "shelf-c");

    private static final Currency EURO = Currency.getInstance("EUR");

    private final Sql sql = new Sql(Database.runtime());
    private final Catalog catalog = new Catalog();

    CatalogTest() {
        catalog.sql = sql;
        catalog.clock = Clock.fixed(NOON, ZoneOffset.UTC);
    }

    @Test
    void offersPlansOnSaleInARegion() {
        Database.rolledBack(Database.AURORA, () -> {
            sql.update("insert into category (code, name, position) values ('shelf', 'Shelf', 1)");
            OURS.forEach(code ->
                    sql.update("insert into region (code, name, country) values (?, ?, 'DE')", code, "Place " + code));
            var large = plan("large", "14.60", NOON);
            var small = plan("small", "7.30", NOON);
            var coming = plan("coming", "1", NOON.plusSeconds(1));
            sell(large, "shelf-b");
            sell(small, "shelf-b");
            sell(large, "shelf-a");
            sell(coming, "shelf-c");

            var shelves = catalog.shelves(EURO).stream()
                    .filter(catalogGroup -> OURS.contains(catalogGroup.region().code()))
                    .toList();

            assertThat(shelves)
                    .extracting(Catalog.CatalogGroup::region)
                    .containsExactly(
                            new Region("shelf-a", "Place shelf-a", "DE"), new Region("shelf-b", "Place shelf-b", "DE"));
            assertThat(shelves.get(0).offers()).extracting(Offer::planId).containsExactly(large);
            assertThat(shelves.get(1).offers()).extracting(Offer::planId).containsExactly(small, large);
            assertThat(shelves.get(1).offers()).isEqualTo(catalog.offers("shelf-b", EURO));
            assertThat(shelves.get(1).offers().get(0).monthly()).isEqualTo(Money.of("7.30", "EUR"));
            assertThat(catalog.offers("shelf-c", EURO)).isEmpty();
        });
    }

    @Test
    void offersAPlanOnlyWhileAProviderHasIt() {
        Database.rolledBack(Database.AURORA, () -> {
            sql.update("insert into category (code, name, position) values ('shelf', 'Shelf', 1)");
            sql.update("insert into region (code, name, country) values ('shelf-a', 'Place', 'DE')");
            var plan = plan("made", "7.30", NOON);
            sell(plan, "shelf-a");
            assertThat(offered()).as("without a provider").containsExactly(plan);
            source(plan);
            assertThat(offered()).containsExactly(plan);

            assertNotOfferedWhile("provider_account", "state = 'OFF'", "state = 'ON'");
            assertNotOfferedWhile("provider_size", "removed_at = seen_at", "removed_at = null");
            assertNotOfferedWhile("provider_size", "regions = '{elsewhere}'", "regions = '{}'");
            assertNotOfferedWhile("provider_region", "removed_at = seen_at", "removed_at = null");
            assertNotOfferedWhile("provider_region", "open = false", "open = true");
            assertNotOfferedWhile("provider_region", "region = null", "region = 'shelf-a'");
            assertNotOfferedWhile("provider_image", "removed_at = seen_at", "removed_at = null");
            assertNotOfferedWhile("provider_image", "disk_min_gib = 21", "disk_min_gib = 20");
        });
    }

    private void assertNotOfferedWhile(String table, String change, String back) {
        sql.update("update " + table + " set " + change);
        assertThat(offered()).as("%s: %s", table, change).isEmpty();
        sql.update("update " + table + " set " + back);
        assertThat(offered()).as("%s: %s", table, back).hasSize(1);
    }

    private List<UUID> offered() {
        return catalog.offers("shelf-a", EURO).stream().map(Offer::planId).toList();
    }

    /** Adds an account with one size, one region and one image, as the plan's source; other accounts of the tenant are missing. */
    private void source(UUID plan) {
        List.of("plan_source", "provider_image", "provider_region", "provider_size")
                .forEach(table -> sql.update("delete from " + table));
        var account = UUID.randomUUID();
        var size = UUID.randomUUID();
        sql.update("""
                insert into provider_account (id, name, provider, credentials, state, created_at, credentials_at)
                values (?, 'Shelves', 'sandbox', 'v1.key.AAAA', 'ON', ?, ?)
                """, account, NOON, NOON);
        sql.update("""
                insert into provider_size (id, account_id, code, name, family, vcpus, memory_mib, disk_gib, transfer_gib, regions,
                                        seen_at)
                values (?, ?, 'small', 'Small', 'shared', 1, 1024, 20, 1024, '{}', ?)
                """, size, account, NOON);
        sql.update("""
                insert into provider_region (id, account_id, code, name, country, open, region, seen_at)
                values (?, ?, 'here', 'Here', 'DE', true, 'shelf-a', ?)
                """, UUID.randomUUID(), account, NOON);
        sql.update("""
                insert into provider_image (id, account_id, code, name, family, disk_min_gib, deprecated, seen_at)
                values (?, ?, 'debian', 'Debian', 'Debian', 10, false, ?)
                """, UUID.randomUUID(), account, NOON);
        sql.update("""
                insert into plan_source (plan_id, account_id, size_id, cost_currency, cost_monthly, exchange, markup_kind, markup,
                                         decided_at, decided_by)
                values (?, ?, ?, 'USD', 3, 1, 'PERCENT', 50, ?, 'test')
                """, plan, account, size, NOON);
    }

    private UUID plan(String code, String monthly, Instant from) {
        var id = UUID.randomUUID();
        sql.update("""
                insert into plan (id, code, name, category, vcpus, memory_mib, disk_gib, transfer_gib, state, created_at)
                values (?, ?, ?, 'shelf', 1, 1024, 20, 1024, 'ON_SALE', ?)
                """, id, "shelf-" + code, "Plan " + code, NOON);
        var amount = new BigDecimal(monthly);
        sql.update("""
                insert into price_version (id, plan_id, version, currency, monthly, hourly, wholesale_monthly, valid_from,
                                           published_at, published_by)
                values (?, ?, 1, 'EUR', ?, round(?::numeric / 730, 8), 0, ?, ?, 'test')
                """, UUID.randomUUID(), id, amount, amount, from, from);
        return id;
    }

    private void sell(UUID plan, String region) {
        sql.update("insert into plan_region (plan_id, region) values (?, ?)", plan, region);
    }
}
