package io.tenantry.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.catalog.Plan;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Owner;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.provider.account.Desk;
import io.tenantry.provider.account.ProviderAccounts;
import io.tenantry.provider.stock.Sources;
import io.tenantry.provisioning.Upstream.Place;
import io.tenantry.tenancy.Actor;
import io.tenantry.testing.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders of a plan that is sold from an account with a vendor, on a real PostgreSQL; the vendor is the one that needs no account. */
class AccountUpstreamTest {
    private static final String SLUG = "connected";
    private static final String DATA = "jboss.server.data.dir";
    private static final String BEFORE = System.getProperty(DATA, "");
    private static final String TOKEN = "toys-of-mine";
    private static final Actor SYSTEM = Actor.system("test");

    private static Desk desk;
    private static Connected upstream;
    private static Making making;
    private static UUID account;

    @BeforeAll
    static void connect(@TempDir Path folder) {
        System.setProperty(DATA, folder.toString());
        desk = Desk.of(SLUG);
        upstream = new Connected();
        making = new Making(SLUG, upstream);
        account = account("Toys", "sandbox", "");
        sellThePlan();
    }

    @AfterAll
    static void close() {
        desk.close();
        if (BEFORE.isEmpty()) {
            System.clearProperty(DATA);
        } else {
            System.setProperty(DATA, BEFORE);
        }
    }

    @Test
    void aPlanIsMadeInTheAccountThatItIsSoldFrom() {
        var place = place().orElseThrow();
        assertThat(place).isEqualTo(new Place(account.toString(), "fra1", "s-1-2", "debian-13"));
        var wallet = making.books.wallet("1");
        var service = making.order(wallet, place);
        making.work();
        assertThat(making.state(service)).isEqualTo("PROVISIONING");
        desk.clock.stopAt(Desk.NOON.plus(Duration.ofMinutes(1)));
        making.work();

        assertThat(making.state(service)).isEqualTo("ACTIVE");
        assertThat(making.books.balance(wallet)).isEqualTo(making.books.money("0.99"));
        var servers = desk.as(SYSTEM, () -> desk.accounts.open(account)).marked(new Mark(service));
        assertThat(servers).singleElement().satisfies(server -> {
            assertThat(server.state()).isEqualTo(Server.State.RUNNING);
            assertThat(server.id()).isEqualTo(making.column(service, "upstream_id"));
            assertThat(server.addresses()).containsExactly(making.column(service, "address"));
        });
        assertThat(making.column(service, "account_id")).isEqualTo(account.toString());
        assertThat(desk.as(SYSTEM, () -> desk.changes.remove(account))).isEqualTo(new ProviderAccounts.Outcome.InUse());
    }

    @Test
    void nothingNewIsMadeInAnAccountThatIsOffButWhatRunsThereIsLookedAfter() {
        turn(false);
        try {
            assertThat(place()).isEmpty();
            assertThat(making.books.<Optional<Place>>in(() -> making.upstreams.place(making.plan, Making.SIZE, "fra")))
                    .as("nor by another who would")
                    .isEmpty();
            assertThat(making.books.<Boolean>in(() -> making.upstreams.makes(making.plan)))
                    .isTrue();
            assertThat(upstream.open(account.toString()))
                    .hasValueSatisfying(
                            home -> assertThat(home.provider().check()).startsWith("sandbox"));
        } finally {
            turn(true);
        }
        assertThat(place()).isPresent();
    }

    @Test
    void aServerCanBecomeThePlansThatAreMadeInItsAccountAndPlace() {
        var other = making.books.plan();
        var plans = Map.of(making.plan, Making.SIZE, other, Making.SIZE);
        var there = place().orElseThrow();
        assertThat(sizes(plans, there)).isEqualTo(Map.of(making.plan, "s-1-2"));
        assertThat(sizes(plans, new Place("workshop", "fra", "small", "plain")))
                .as("in another account")
                .isEmpty();
        turn(false);
        try {
            assertThat(sizes(plans, there)).as("in one that is off").isEmpty();
        } finally {
            turn(true);
        }
        Database.asOwner("update " + making.books.tenant.schema() + ".stock_size set regions = '{nyc1}'");
        try {
            assertThat(sizes(plans, there)).as("where the size is not sold").isEmpty();
        } finally {
            Database.asOwner("update " + making.books.tenant.schema() + ".stock_size set regions = '{}'");
        }
    }

    @Test
    void whatIsMadeInOneAccountAloneIsNoOthersToOffer() {
        var fitter = new Fitter(making.vendor);
        var other = making.books.plan();
        fitter.sells(making.plan, "theirs");
        fitter.sells(other, "theirs");
        var plans = Map.of(making.plan, Making.SIZE, other, Making.SIZE);
        for (var all : List.of(List.<Upstream>of(fitter, upstream), List.<Upstream>of(upstream, fitter))) {
            Map<UUID, String> found = making.books.in(
                    () -> new Upstreams(all).sizes(plans, new Place("workshop", "fra", "small", "plain")));
            assertThat(found).isEqualTo(Map.of(other, "theirs"));
        }
    }

    @Test
    void plansThatAreSoldFromNoListAreOthers() {
        var other = making.books.plan();
        assertThat(making.books.<Boolean>in(() -> upstream.makes(other))).isFalse();
        assertThat(making.books.<Optional<Place>>in(() -> upstream.place(other, Making.SIZE, "fra")))
                .isEmpty();
        assertThat(making.books.<Optional<Place>>in(() -> making.upstreams.place(other, Making.SIZE, "fra")))
                .hasValueSatisfying(place -> assertThat(place.account()).isEqualTo("workshop"));
    }

    @Test
    void accountsOfOthersAreNotOpened() {
        assertThat(upstream.open("sandbox")).isEmpty();
        assertThat(upstream.open(UUID.randomUUID().toString())).isEmpty();
    }

    @Test
    void whatAVendorSaysIsKeptWithoutWhatLetsUsIn() {
        var home = upstream.open(account.toString()).orElseThrow();
        assertThat(home.words(new ProviderFailure(Reason.CREDENTIALS, "who is " + TOKEN + "\n?")))
                .isEqualTo("CREDENTIALS: who is \u2026 ?");
        assertThat(home.words(new ProviderFailure(Reason.VENDOR, "x".repeat(2_000))))
                .hasSize(1_000);
    }

    @Test
    void aVendorThatAsksIsToldWhoseAServerIs() {
        var panel = account("Panel", "virtfusion", "https://panel.example/api/v1");
        var owner = new Owner(new UUID(1, 2), "Kiosk", "books@kiosk.example");
        assertThat(upstream.open(panel.toString(), owner).orElseThrow().options())
                .isEqualTo(
                        Map.of("extRelationId", "org-" + owner.id(), "name", "Kiosk", "email", "books@kiosk.example"));
        assertThat(upstream.open(account.toString(), owner).orElseThrow().options())
                .isEmpty();
    }

    private static Map<UUID, String> sizes(Map<UUID, Plan.Size> plans, Place there) {
        return making.books.in(() -> upstream.sizes(plans, there));
    }

    private static Optional<Place> place() {
        return making.books.in(() -> upstream.place(making.plan, Making.SIZE, "fra"));
    }

    private static UUID account(String name, String vendor, String base) {
        var added = desk.as(SYSTEM, () -> desk.changes.add(new ProviderAccounts.Draft(name, vendor, base, TOKEN)));
        return ((ProviderAccounts.Outcome.Done) added).id();
    }

    private static void turn(boolean on) {
        desk.as(SYSTEM, () -> {
            desk.changes.turn(account, on);
            return true;
        });
    }

    /** What reading the vendor's list and selling from it leaves behind. */
    private static void sellThePlan() {
        var schema = making.books.tenant.schema();
        var size = UUID.randomUUID();
        Database.asOwner("insert into " + schema
                + ".stock_region (id, account_id, code, name, country, open, region, seen_at)"
                + " values (gen_random_uuid(), '" + account + "', 'fra1', 'Frankfurt', 'DE', true, 'fra', now())");
        Database.asOwner("insert into " + schema
                + ".stock_size (id, account_id, code, name, family, vcpus, memory_mib, disk_gib,"
                + " transfer_gib, regions, seen_at) values ('" + size + "', '" + account
                + "', 's-1-2', 'Small', 'shared', 1, 2048, 50, 20480, '{}', now())");
        Database.asOwner("insert into " + schema
                + ".stock_image (id, account_id, code, name, family, disk_min_gib, retiring, seen_at)"
                + " values (gen_random_uuid(), '" + account
                + "', 'debian-13', 'Debian 13', 'Debian', 10, false, now())");
        Database.asOwner("insert into " + schema
                + ".plan_source (plan_id, account_id, size_id, cost_currency, cost_monthly, exchange,"
                + " markup_kind, markup, decided_at, decided_by) values ('" + making.plan + "', '" + account + "', '"
                + size
                + "', 'USD', 3, 1, 'PERCENT', 50, now(), 'test')");
    }

    /** As workers call it: with a transaction of its own for what it reads. */
    private static final class Connected extends AccountUpstream {
        Connected() {
            super(new Sources(desk.sql), desk.records, desk.accounts, desk.vendors);
        }

        @Override
        public Optional<Home> open(String home) {
            return Database.in(desk.tenant, () -> super.open(home));
        }

        @Override
        public Optional<Home> open(String home, Owner owner) {
            return Database.in(desk.tenant, () -> super.open(home, owner));
        }
    }
}
