package io.tenantry.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.catalog.Catalog.Offer;
import io.tenantry.catalog.Catalog.Region;
import io.tenantry.money.Money;
import io.tenantry.tenancy.Sql;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** Other tests leave regions of theirs behind. */
    private static final Set<String> OURS = Set.of("shelf-a", "shelf-b", "shelf-c");

    private final Sql sql = new Sql(Database.runtime());
    private final Catalog catalog = new Catalog();

    CatalogTest() {
        catalog.sql = sql;
        catalog.clock = Clock.fixed(NOON, ZoneOffset.UTC);
    }

    @Test
    void aShelfIsARegionWithWhatIsSoldThereNow() {
        Database.undone(Database.AURORA, () -> {
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

            var shelves = catalog.shelves().stream()
                    .filter(shelf -> OURS.contains(shelf.region().code()))
                    .toList();

            assertThat(shelves)
                    .extracting(Catalog.Shelf::region)
                    .containsExactly(
                            new Region("shelf-a", "Place shelf-a", "DE"), new Region("shelf-b", "Place shelf-b", "DE"));
            assertThat(shelves.get(0).offers()).extracting(Offer::planId).containsExactly(large);
            assertThat(shelves.get(1).offers()).extracting(Offer::planId).containsExactly(small, large);
            assertThat(shelves.get(1).offers()).isEqualTo(catalog.offers("shelf-b"));
            assertThat(shelves.get(1).offers().get(0).monthly()).isEqualTo(Money.of("7.30", "EUR"));
            assertThat(catalog.offers("shelf-c")).isEmpty();
        });
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
