package io.tenantry.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.bench.Driver;
import io.tenantry.cluster.Cluster;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Resellers whose customers send requests and orders while being charged like all others. Ordered servers run until the end. */
final class Shops {
    private static final List<String> NAMES = List.of("west", "up");
    private static final int WALLETS = 20;
    private static final int PER_WALLET = 2;

    private final Cluster cluster;
    private final List<Shop> shops;

    /** By name, the ids of servers whose order was answered; empty until then. */
    private final Map<String, String> orders = new ConcurrentHashMap<>();

    /**
     * A reseller.
     *
     * @param key of the ordering customer
     * @param wallet that pays for the orders
     */
    record Shop(String slug, String key, String wallet) {}

    Shops(Cluster cluster, Driver driver) {
        this.cluster = cluster;
        shops = NAMES.stream()
                .map(slug -> {
                    driver.createUniformTenant(slug, WALLETS, PER_WALLET, "7.30", "1000");
                    var planted = driver.plantCanaries(slug);
                    return new Shop(slug, planted.get(0), planted.get(3));
                })
                .toList();
    }

    List<Shop> all() {
        return shops;
    }

    void ordered(String name) {
        orders.put(name, "");
    }

    void answered(String name, String id) {
        orders.put(name, id);
    }

    int orders() {
        return orders.size();
    }

    /**
     * Requires that every answered order exists exactly once, every server has paid for each started hour, and no wallet holds any other
     * amount.
     */
    void requireRight(Instant now) {
        for (var shop : shops) {
            var schema = "t_" + shop.slug();
            var answered = orders.entrySet().stream()
                    .filter(order -> order.getKey().startsWith(shop.slug())
                            && !order.getValue().isEmpty())
                    .map(order -> "('" + order.getKey() + "', '" + order.getValue() + "'::uuid)")
                    .toList();
            if (!answered.isEmpty()) {
                assertThat(cluster.number("select count(*) from (values " + String.join(", ", answered)
                                + ") o (name, id) where not exists (select from " + schema
                                + ".service s where s.id = o.id and s.name = o.name)"))
                        .as(shop.slug() + ": servers that were answered and are not there")
                        .isZero();
            }
            assertThat(cluster.number("select count(*) - count(distinct name) from " + schema + ".service"))
                    .as(shop.slug() + ": servers that are there twice")
                    .isZero();
            assertThat(cluster.number(
                            "select count(*) from (select s.activated_at, sum(p.hours) as hours from " + schema
                                    + ".service s left join " + schema
                                    + ".rated_period p on p.service_id = s.id group by s.id) s where hours is distinct from"
                                    + " greatest(1, ceil(extract(epoch from '" + now + "' - activated_at) / 3600))"))
                    .as(shop.slug() + ": servers that have not paid for exactly the hours they began")
                    .isZero();
            assertThat(cluster.number("select count(*) from " + schema + ".wallet w where balance <> 1000 + (id = '"
                            + shop.wallet() + "')::int - (select sum(amount) from " + schema
                            + ".rated_period where wallet_id = w.id)"))
                    .as(shop.slug() + ": wallets that are off")
                    .isZero();
        }
    }
}
