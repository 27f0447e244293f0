package io.tenantry.cloud.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.account.InteractiveCalls;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.cloud.provisioning.ServerEndpoints;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Providers are queried on demand, once a minute for the same data, with a short timeout. */
class MeasurementsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(30);

    private static BillingFixture billingFixture;
    private static UUID service;

    private final FixedMetricsProvider provider = new FixedMetricsProvider();
    private final Measurements measurements = new Measurements();

    @BeforeAll
    static void open() {
        billingFixture = new BillingFixture("measured", "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(NOON);
        service = billingFixture
                .rent(billingFixture.wallet("10"), billingFixture.price("7.30"), NOON)
                .service();
        Database.asOwner("insert into " + billingFixture.tenant.schema()
                + ".organization (id, name, billing_email, country, created_at)"
                + " select organization_id, 'Kiosk', 'a@b', 'DE', now() from " + billingFixture.tenant.schema()
                + ".service");
    }

    @BeforeEach
    void prepare() {
        billingFixture.clock.stopAt(NOON);
        measurements.serverEndpoints = new ServerEndpoints(billingFixture.sql);
        measurements.access = new Access(billingFixture.sql);
        measurements.provisioningTargets = new ProvisioningTargets(List.of(provider));
        measurements.metricsCache = new MetricsCache();
        measurements.clock = billingFixture.clock;
        measurements.interactiveCalls = new InteractiveCalls(Executors.defaultThreadFactory());
        placeService(FixedMetricsProvider.MEASURING, "ACTIVE");
    }

    @AfterEach
    void close() {
        provider.releaseCallers();
        measurements.interactiveCalls.end();
    }

    @Test
    void averagesMeasurementsInSteps() {
        provider.setCpu(NOON.minusSeconds(60), "12.5");
        var available = (MetricsResult.Available) query(MetricsRange.HOUR);
        assertThat(available.at()).isEqualTo(NOON);
        assertThat(available.timeSeries()).singleElement().satisfies(timeSeries -> {
            assertThat(timeSeries.steps()).hasSize(12);
            assertThat(timeSeries.steps().get(0).from()).isEqualTo(NOON.minus(Duration.ofMinutes(55)));
            assertThat(timeSeries.steps().get(10).average())
                    .hasValueSatisfying(value -> assertThat(value).isEqualByComparingTo(new BigDecimal("12.5")));
            assertThat(timeSeries.steps().get(11).average()).isEmpty();
        });
        assertThat(provider.queriedPeriods()).containsExactly(Duration.ofMinutes(55));
    }

    @Test
    void queriesTheProviderOncePerMinuteForTheSameRange() {
        provider.setCpu(NOON, "1");
        var first = query(MetricsRange.DAY);
        billingFixture.clock.stopAt(NOON.plusSeconds(59));
        assertThat(query(MetricsRange.DAY)).isSameAs(first);
        query(MetricsRange.WEEK);
        assertThat(provider.queriedPeriods()).hasSize(2);
        billingFixture.clock.stopAt(NOON.plusSeconds(60));
        query(MetricsRange.DAY);
        assertThat(provider.queriedPeriods()).hasSize(3);
    }

    @Test
    void cachesAFailureOfTheProvider() {
        provider.failWith(Reason.PROVIDER_ERROR);
        assertThat(query(MetricsRange.DAY)).isEqualTo(new MetricsResult.Unavailable(NOON));
        query(MetricsRange.DAY);
        assertThat(provider.queriedPeriods()).hasSize(1);
    }

    @Test
    void returnsUnavailableWhenTheProviderHangs() {
        provider.hang();
        var began = System.nanoTime();
        assertThat(query(MetricsRange.DAY, Duration.ofMillis(200))).isEqualTo(new MetricsResult.Unavailable(NOON));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void distinguishesUnsupportedMetricsFromAMissingAccount() {
        placeService(FixedMetricsProvider.WITHOUT_METRICS, "ACTIVE");
        assertThat(query(MetricsRange.DAY)).isInstanceOf(MetricsResult.NotSupported.class);
        placeService("gone", "ACTIVE");
        measurements.metricsCache = new MetricsCache();
        assertThat(query(MetricsRange.DAY)).isInstanceOf(MetricsResult.Unavailable.class);
    }

    @Test
    void doesNotQueryATerminatedOrUnprovisionedServer() {
        placeService(FixedMetricsProvider.MEASURING, "TERMINATED");
        assertThat(query(MetricsRange.DAY)).isInstanceOf(MetricsResult.NoServer.class);
        Database.asOwner(
                "update " + billingFixture.tenant.schema() + ".service set provider_ref = null, state = 'ACTIVE'");
        assertThat(query(MetricsRange.DAY)).isInstanceOf(MetricsResult.NoServer.class);
        assertThat(provider.queriedPeriods()).isEmpty();
    }

    @Test
    void doesNotShowMetricsOfAServerTaggedForAnotherService() {
        provider.setCpu(NOON, "1");
        provider.tagServer(UUID.randomUUID());
        assertThat(query(MetricsRange.DAY)).isEqualTo(new MetricsResult.Unavailable(NOON));
        assertThat(provider.queriedPeriods()).isEmpty();
    }

    @Test
    void doesNotQueryMetricsOfAServerUnknownToTheProvider() {
        provider.setCpu(NOON, "1");
        provider.removeServers();
        assertThat(query(MetricsRange.DAY)).isEqualTo(new MetricsResult.Unavailable(NOON));
        assertThat(provider.queriedPeriods()).isEmpty();
    }

    @Test
    void showsMetricsOfAServerTaggedForItsService() {
        provider.setCpu(NOON, "1");
        provider.tagServer(service);
        assertThat(query(MetricsRange.DAY)).isInstanceOf(MetricsResult.Available.class);
    }

    @Test
    void hidesCachedMeasurementsWithoutPermission() {
        provider.setCpu(NOON, "1");
        query(MetricsRange.DAY);
        try (var actorScope = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "stranger"))) {
            assertThatThrownBy(
                            () -> Database.in(billingFixture.tenant, () -> measurements.of(service, MetricsRange.DAY)))
                    .isInstanceOf(NotFoundException.class);
        }
        assertThatThrownBy(() -> billingFixture.in(() -> measurements.of(UUID.randomUUID(), MetricsRange.DAY)))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void queriesTheProviderOutsideATransaction() {
        assertThat(Measurements.class.getAnnotation(TransactionAttribute.class).value())
                .isEqualTo(TransactionAttributeType.NOT_SUPPORTED);
    }

    @Test
    void cachesAtMostFiveHundredResults() {
        var metricsCache = new MetricsCache();
        for (var i = 0; i < 600; i++) {
            metricsCache.keep(
                    new MetricsCache.CacheKey(billingFixture.tenant, UUID.randomUUID(), MetricsRange.DAY),
                    new MetricsResult.NotSupported(),
                    billingFixture.clock);
        }
        assertThat(metricsCache.size()).isEqualTo(500);
    }

    private MetricsResult query(MetricsRange metricsRange) {
        return query(metricsRange, LONG);
    }

    private MetricsResult query(MetricsRange metricsRange, Duration limit) {
        return billingFixture.in(() -> measurements.of(service, metricsRange, limit));
    }

    private static void placeService(String account, String state) {
        Database.asOwner("update " + billingFixture.tenant.schema() + ".service set account = '" + account
                + "', provider_region = 'fra', provider_size = 's', provider_image = 'i', provider_ref = '1', state = '"
                + state + "'");
    }
}
