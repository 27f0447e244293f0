package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provider.CustomerRef;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.account.ProviderAccountFixture;
import io.tenantry.cloud.provider.account.ProviderAccounts;
import io.tenantry.cloud.provider.catalog.PlanSources;
import io.tenantry.cloud.provisioning.ProvisioningTarget.Placement;
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

/** Orders of a plan that is sold from a provider account, on a real PostgreSQL; the provider is the built-in one, which needs no account. */
class ProviderAccountTargetTest {
    private static final String SLUG = "connected";
    private static final String DATA = "jboss.server.data.dir";
    private static final String BEFORE = System.getProperty(DATA, "");
    private static final String TOKEN = "toys-of-mine";
    private static final Actor SYSTEM = Actor.system("test");

    private static ProviderAccountFixture providerAccountFixture;
    private static Connected upstream;
    private static ProvisioningFixture provisioningFixture;
    private static UUID account;

    @BeforeAll
    static void connect(@TempDir Path folder) {
        System.setProperty(DATA, folder.toString());
        providerAccountFixture = ProviderAccountFixture.of(SLUG);
        upstream = new Connected();
        provisioningFixture = new ProvisioningFixture(SLUG, upstream);
        account = account("Toys", "sandbox", "");
        sellThePlan();
    }

    @AfterAll
    static void close() {
        providerAccountFixture.close();
        if (BEFORE.isEmpty()) {
            System.clearProperty(DATA);
        } else {
            System.setProperty(DATA, BEFORE);
        }
    }

    @Test
    void createsServersInTheAccountOfThePlan() {
        var placement = place().orElseThrow();
        assertThat(placement).isEqualTo(new Placement(account.toString(), "fra1", "s-1-2", "debian-13"));
        var wallet = provisioningFixture.billingFixture.wallet("1");
        var service = provisioningFixture.order(wallet, placement);
        provisioningFixture.work();
        assertThat(provisioningFixture.state(service)).isEqualTo("PROVISIONING");
        providerAccountFixture.clock.stopAt(ProviderAccountFixture.NOON.plus(Duration.ofMinutes(1)));
        provisioningFixture.work();

        assertThat(provisioningFixture.state(service)).isEqualTo("ACTIVE");
        assertThat(provisioningFixture.billingFixture.balance(wallet))
                .isEqualTo(provisioningFixture.billingFixture.money("0.99"));
        var servers = providerAccountFixture
                .as(SYSTEM, () -> providerAccountFixture.providerClients.open(account))
                .marked(new ResourceTag(service));
        assertThat(servers).singleElement().satisfies(providerServer -> {
            assertThat(providerServer.state()).isEqualTo(ProviderServer.State.RUNNING);
            assertThat(providerServer.id()).isEqualTo(provisioningFixture.column(service, "provider_ref"));
            assertThat(providerServer.addresses()).containsExactly(provisioningFixture.column(service, "address"));
        });
        assertThat(provisioningFixture.column(service, "account_id")).isEqualTo(account.toString());
        assertThat(providerAccountFixture.as(SYSTEM, () -> providerAccountFixture.changes.remove(account)))
                .isEqualTo(new ProviderAccounts.Outcome.InUse());
    }

    @Test
    void acceptsNoNewServersInADisabledAccountButKeepsManagingExistingOnes() {
        turn(false);
        try {
            assertThat(place()).isEmpty();
            assertThat(provisioningFixture.billingFixture.<Optional<Placement>>in(
                            () -> provisioningFixture.provisioningTargets.place(
                                    provisioningFixture.plan, ProvisioningFixture.SIZE, "fra")))
                    .as("nor by another provider")
                    .isEmpty();
            assertThat(provisioningFixture.billingFixture.<Boolean>in(
                            () -> provisioningFixture.provisioningTargets.makes(provisioningFixture.plan)))
                    .isTrue();
            assertThat(upstream.open(account.toString()))
                    .hasValueSatisfying(targetAccount ->
                            assertThat(targetAccount.provider().check()).startsWith("sandbox"));
        } finally {
            turn(true);
        }
        assertThat(place()).isPresent();
    }

    @Test
    void offersPlansOfTheSameAccountAndRegionForAResize() {
        var other = provisioningFixture.billingFixture.plan();
        var plans = Map.of(provisioningFixture.plan, ProvisioningFixture.SIZE, other, ProvisioningFixture.SIZE);
        var there = place().orElseThrow();
        assertThat(sizes(plans, there)).isEqualTo(Map.of(provisioningFixture.plan, "s-1-2"));
        assertThat(sizes(plans, new Placement("workshop", "fra", "small", "plain")))
                .as("in another account")
                .isEmpty();
        turn(false);
        try {
            assertThat(sizes(plans, there)).as("in a disabled one").isEmpty();
        } finally {
            turn(true);
        }
        Database.asOwner("update " + provisioningFixture.billingFixture.tenant.schema()
                + ".provider_size set regions = '{nyc1}'");
        try {
            assertThat(sizes(plans, there)).as("where the size is not sold").isEmpty();
        } finally {
            Database.asOwner("update " + provisioningFixture.billingFixture.tenant.schema()
                    + ".provider_size set regions = '{}'");
        }
    }

    @Test
    void offersPlansOfAnAccountOnlyThroughIt() {
        var scriptedCapableProvider = new ScriptedCapableProvider(provisioningFixture.provider);
        var other = provisioningFixture.billingFixture.plan();
        scriptedCapableProvider.mapPlan(provisioningFixture.plan, "theirs");
        scriptedCapableProvider.mapPlan(other, "theirs");
        var plans = Map.of(provisioningFixture.plan, ProvisioningFixture.SIZE, other, ProvisioningFixture.SIZE);
        for (var all : List.of(
                List.<ProvisioningTarget>of(scriptedCapableProvider, upstream),
                List.<ProvisioningTarget>of(upstream, scriptedCapableProvider))) {
            Map<UUID, String> found = provisioningFixture.billingFixture.in(() ->
                    new ProvisioningTargets(all).sizes(plans, new Placement("workshop", "fra", "small", "plain")));
            assertThat(found).isEqualTo(Map.of(other, "theirs"));
        }
    }

    @Test
    void leavesPlansWithoutAnAccountToOtherTargets() {
        var other = provisioningFixture.billingFixture.plan();
        assertThat(provisioningFixture.billingFixture.<Boolean>in(() -> upstream.makes(other)))
                .isFalse();
        assertThat(provisioningFixture.billingFixture.<Optional<Placement>>in(
                        () -> upstream.place(other, ProvisioningFixture.SIZE, "fra")))
                .isEmpty();
        assertThat(provisioningFixture.billingFixture.<Optional<Placement>>in(
                        () -> provisioningFixture.provisioningTargets.place(other, ProvisioningFixture.SIZE, "fra")))
                .hasValueSatisfying(placement -> assertThat(placement.account()).isEqualTo("workshop"));
    }

    @Test
    void doesNotOpenForeignAccounts() {
        assertThat(upstream.open("sandbox")).isEmpty();
        assertThat(upstream.open(UUID.randomUUID().toString())).isEmpty();
    }

    @Test
    void redactsCredentialsFromProviderMessages() {
        var targetAccount = upstream.open(account.toString()).orElseThrow();
        assertThat(targetAccount.words(new ProviderFailure(Reason.CREDENTIALS, "who is " + TOKEN + "\n?")))
                .isEqualTo("CREDENTIALS: who is \u2026 ?");
        assertThat(targetAccount.words(new ProviderFailure(Reason.PROVIDER_ERROR, "x".repeat(2_000))))
                .hasSize(1_000);
    }

    @Test
    void passesTheCustomerToProvidersThatRequireIt() {
        var panel = account("Panel", "virtfusion", "https://panel.example/api/v1");
        var customerRef = new CustomerRef(new UUID(1, 2), "Kiosk", "books@kiosk.example");
        assertThat(upstream.open(panel.toString(), customerRef).orElseThrow().options())
                .isEqualTo(Map.of(
                        "extRelationId", "org-" + customerRef.id(), "name", "Kiosk", "email", "books@kiosk.example"));
        assertThat(upstream.open(account.toString(), customerRef).orElseThrow().options())
                .isEmpty();
    }

    private static Map<UUID, String> sizes(Map<UUID, Plan.Size> plans, Placement there) {
        return provisioningFixture.billingFixture.in(() -> upstream.sizes(plans, there));
    }

    private static Optional<Placement> place() {
        return provisioningFixture.billingFixture.in(
                () -> upstream.place(provisioningFixture.plan, ProvisioningFixture.SIZE, "fra"));
    }

    private static UUID account(String name, String provider, String base) {
        var added = providerAccountFixture.as(
                SYSTEM,
                () -> providerAccountFixture.changes.add(new ProviderAccounts.Draft(name, provider, base, TOKEN)));
        return ((ProviderAccounts.Outcome.Done) added).id();
    }

    private static void turn(boolean on) {
        providerAccountFixture.as(SYSTEM, () -> {
            providerAccountFixture.changes.turn(account, on);
            return true;
        });
    }

    /** Leaves the rows that reading the provider's catalog and selling from it create. */
    private static void sellThePlan() {
        var schema = provisioningFixture.billingFixture.tenant.schema();
        var size = UUID.randomUUID();
        Database.asOwner("insert into " + schema
                + ".provider_region (id, account_id, code, name, country, open, region, seen_at)"
                + " values (gen_random_uuid(), '" + account + "', 'fra1', 'Frankfurt', 'DE', true, 'fra', now())");
        Database.asOwner("insert into " + schema
                + ".provider_size (id, account_id, code, name, family, vcpus, memory_mib, disk_gib,"
                + " transfer_gib, regions, seen_at) values ('" + size + "', '" + account
                + "', 's-1-2', 'Small', 'shared', 1, 2048, 50, 20480, '{}', now())");
        Database.asOwner("insert into " + schema
                + ".provider_image (id, account_id, code, name, family, disk_min_gib, deprecated, seen_at)"
                + " values (gen_random_uuid(), '" + account
                + "', 'debian-13', 'Debian 13', 'Debian', 10, false, now())");
        Database.asOwner("insert into " + schema
                + ".plan_source (plan_id, account_id, size_id, cost_currency, cost_monthly, exchange,"
                + " markup_kind, markup, decided_at, decided_by) values ('" + provisioningFixture.plan + "', '"
                + account + "', '"
                + size
                + "', 'USD', 3, 1, 'PERCENT', 50, now(), 'test')");
    }

    /** Called as by workers: reads run in a separate transaction. */
    private static final class Connected extends ProviderAccountTarget {
        Connected() {
            super(
                    new PlanSources(providerAccountFixture.sql),
                    providerAccountFixture.records,
                    providerAccountFixture.providerClients,
                    providerAccountFixture.providerChoices);
        }

        @Override
        public Optional<TargetAccount> open(String home) {
            return Database.in(providerAccountFixture.tenant, () -> super.open(home));
        }

        @Override
        public Optional<TargetAccount> open(String home, CustomerRef customerRef) {
            return Database.in(providerAccountFixture.tenant, () -> super.open(home, customerRef));
        }
    }
}
