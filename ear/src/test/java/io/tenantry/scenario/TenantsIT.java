package io.tenantry.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.platform.TenantDraft;
import io.tenantry.admin.platform.Tenants;
import io.tenantry.it.Deployments;
import io.tenantry.it.Drafts;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.AdvisoryLock;
import io.tenantry.tenancy.DatabaseCells;
import io.tenantry.tenancy.Schemas;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Creation of resellers and migration of their schemas under failures. */
class TenantsIT extends Deployments {
    private static final Instant NOON = Instant.parse("2027-05-10T12:00:00Z");

    private static Story story() {
        return bean(Story.class);
    }

    @Test
    void failedMigrationPutsOnlyItsTenantIntoMaintenance() {
        story().alone();
        story().at(NOON);
        var odd = story().reseller("odd", "7.30");
        var even = story().reseller("even", "7.30");
        var unlucky = story().customer(odd, "unlucky", "10");
        var lucky = story().customer(even, "lucky", "10");
        story().server(odd, unlucky, "web");
        story().server(even, lucky, "web");
        forgetChange(odd);

        bean(Tenants.class).migrateAll();

        assertThat(state(odd.id())).contains(Tenant.State.MAINTENANCE);
        assertThat(state(even.id())).contains(Tenant.State.ACTIVE);
        story().alone(odd, even);
        story().at(NOON.plus(Duration.ofHours(3)));
        story().chargeAll();
        assertThat(story().balance(even, lucky)).isEqualTo(Money.of("9.97", "USD"));

        rememberChange(odd);
        bean(Tenants.class).migrateAll();

        assertThat(state(odd.id())).contains(Tenant.State.ACTIVE);
        story().alone(odd, even);
        story().chargeAll();
        assertThat(story().balance(odd, unlucky)).isEqualTo(Money.of("9.97", "USD"));
    }

    @Test
    void creationIsAtomic() {
        story().at(NOON);
        story().asOwner("create schema t_halfway");
        story().asOwner("create table t_halfway.wallet (id int)");

        assertThatThrownBy(() -> story().reseller("halfway", "7.30")).hasStackTraceContaining("already exists");

        assertThat(state(new TenantId("halfway"))).isEmpty();
        assertThat(story().reseller("halfway", "7.30").id()).isEqualTo(new TenantId("halfway"));
    }

    @Test
    void removesIncompleteTenantAtNextStart() {
        story().at(NOON);
        story().asOwner("insert into platform.tenant (slug, name, state, currency, zone, locale, created_at)"
                + " values ('orphan', 'Orphan', 'CREATING', 'USD', 'UTC', 'en', now())");
        story().asOwner("create schema t_orphan");

        bean(Tenants.class).migrateAll();

        assertThat(state(new TenantId("orphan"))).isEmpty();
        assertThat(story().reseller("orphan", "7.30").id()).isEqualTo(new TenantId("orphan"));
    }

    @Test
    void createsManyConcurrentlyAndSameSlugOnlyOnce() throws Exception {
        story().at(NOON);
        var threads = Executors.newFixedThreadPool(8);
        try {
            var slugs = Stream.of("twin-a", "twin-b", "twin-c", "twin-d", "twin-e", "twin-f");
            var made = slugs.flatMap(slug -> Stream.of(slug, slug))
                    .map(slug -> threads.submit(() -> Story.asSystem(() -> story().make(slug))))
                    .toList();
            var outcomes = new ArrayList<Tenants.Outcome>();
            for (var one : made) {
                outcomes.add(one.get());
            }

            assertThat(outcomes)
                    .filteredOn(Tenants.Outcome.Created.class::isInstance)
                    .hasSize(6);
            assertThat(outcomes)
                    .filteredOn(Tenants.Outcome.Invalid.class::isInstance)
                    .hasSize(6)
                    .allSatisfy(refused -> assertThat(((Tenants.Outcome.Invalid) refused).faults())
                            .extracting(TenantDraft.Fault::why)
                            .containsOnly(TenantDraft.FaultKind.TAKEN));
        } finally {
            threads.shutdownNow();
        }
        assertThat(state(new TenantId("twin-f"))).contains(Tenant.State.ACTIVE);
    }

    @Test
    void reportsHostTakenMeanwhileAtItsField() {
        story().at(NOON);
        var known = bean(TenantDirectory.class).all();
        story().asOwner(
                        "insert into platform.tenant (slug, name, state, currency, zone, locale, created_at)"
                                + " values ('faster', 'Faster', 'SUSPENDED', 'USD', 'UTC', 'en', now());"
                                + " insert into platform.tenant_host (host, tenant, is_primary) values ('wanted.localhost', 'faster', true)");
        try {
            var outcome = Story.asSystem(() -> story().make(Drafts.of("slower", "Slower", "USD", "wanted.localhost")));

            assertThat(known).noneMatch(tenant -> tenant.id().value().equals("faster"));
            assertThat(((Tenants.Outcome.Invalid) outcome).faults())
                    .containsExactly(new TenantDraft.Fault(
                            TenantDraft.Field.HOSTS, TenantDraft.FaultKind.TAKEN, "wanted.localhost"));
            assertThat(state(new TenantId("slower"))).isEmpty();
        } finally {
            story().asOwner("delete from platform.tenant where slug = 'faster'");
            bean(TenantDirectory.class).refresh();
        }
    }

    @Test
    void startingNodeLeavesCreationsOfOtherNodes() throws Exception {
        story().at(NOON);
        story().asOwner("insert into platform.tenant (slug, name, state, currency, zone, locale, created_at)"
                + " values ('unborn', 'Unborn', 'CREATING', 'USD', 'UTC', 'en', now())");
        try (var maker = DatabaseCells.administration().getConnection();
                var statement = maker.createStatement()) {
            statement.execute("select pg_advisory_lock(" + AdvisoryLock.CREATION.space() + ", hashtext('t_unborn'))");

            bean(Tenants.class).migrateAll();

            assertThat(state(new TenantId("unborn"))).contains(Tenant.State.CREATING);
            statement.execute("select pg_advisory_unlock(" + AdvisoryLock.CREATION.space() + ", hashtext('t_unborn'))");
        }

        bean(Tenants.class).migrateAll();

        assertThat(state(new TenantId("unborn"))).isEmpty();
    }

    /** The state after a process died between its transactions: the name is claimed and its schema exists. */
    @Test
    void replacesIncompleteTenantWhenCreatedAgain() {
        story().at(NOON);
        claim("half-made");
        new Schemas(DatabaseCells.administration(), Tenants.class.getClassLoader())
                .migrate(new TenantId("half-made"), "db/tenant/changelog.xml");
        story().asOwner("create table t_half_made.left_over ()");

        var outcome = Story.asSystem(() -> story().make("half-made"));

        assertThat(outcome).isInstanceOf(Tenants.Outcome.Created.class);
        assertThat(state(new TenantId("half-made"))).contains(Tenant.State.ACTIVE);
        story().asOwner("create table t_half_made.left_over ()");
        story().asOwner("drop table t_half_made.left_over");
    }

    @Test
    void reportsCreationInProgressOnOtherNode() throws Exception {
        story().at(NOON);
        claim("contested");
        try (var maker = DatabaseCells.administration().getConnection();
                var statement = maker.createStatement()) {
            var lock = AdvisoryLock.CREATION.space() + ", hashtext('t_contested')";
            statement.execute("select pg_advisory_lock(" + lock + ")");

            assertThat(Story.asSystem(() -> story().make("contested"))).isInstanceOf(Tenants.Outcome.InProgress.class);

            statement.execute("select pg_advisory_unlock(" + lock + ")");
        }
        assertThat(Story.asSystem(() -> story().make("contested"))).isInstanceOf(Tenants.Outcome.Created.class);
    }

    /** The response to an API client is stored in the transaction in which the portal opens. */
    @Test
    void createsNothingIfAnswerCannotBeStored() {
        story().at(NOON);
        var draft = Drafts.of("unkept", "Unkept", "USD");

        assertThatThrownBy(() -> Story.asSystem(() -> bean(Tenants.class).create(draft, created -> {
                    throw new IllegalStateException("the lease is lost");
                })))
                .hasStackTraceContaining("the lease is lost");

        assertThat(state(new TenantId("unkept"))).isEmpty();
        assertThat(Story.asSystem(() -> bean(Tenants.class).create(draft))).isInstanceOf(Tenants.Outcome.Created.class);
    }

    private static void claim(String slug) {
        story().asOwner("insert into platform.tenant (slug, name, state, currency, zone, locale, created_at)"
                + " values ('" + slug + "', 'Half', 'CREATING', 'USD', 'UTC', 'en', now())");
    }

    private static Optional<Tenant.State> state(TenantId id) {
        return bean(TenantDirectory.class).all().stream()
                .filter(tenant -> tenant.id().equals(id))
                .map(Tenant::state)
                .findFirst();
    }

    /** Simulates an older version: Liquibase considers a change pending that cannot be applied twice. */
    private static void forgetChange(Story.Reseller reseller) {
        story().asOwner("comment on schema " + reseller.id().schema() + " is 'of an older version'");
        story().asOwner("update " + reseller.id().schema()
                + ".databasechangelog set id = 'mislaid' where id = 'baseline' and author = 'wallet'");
    }

    private static void rememberChange(Story.Reseller reseller) {
        story().asOwner("update " + reseller.id().schema()
                + ".databasechangelog set id = 'baseline' where id = 'mislaid'");
    }
}
