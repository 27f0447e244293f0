package io.tenantry.cloud.metrics;

import io.tenantry.cloud.metrics.MetricsCache.CacheKey;
import io.tenantry.cloud.provider.Metrics;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.account.InteractiveCalls;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.cloud.provisioning.ServerEndpoints;
import io.tenantry.cloud.provisioning.ServerEndpoints.ProviderServerRef;
import io.tenantry.cloud.provisioning.ServerEndpoints.ServerLocation;
import io.tenantry.cloud.provisioning.Service;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Utilization of a service's server. The provider is called outside of any transaction, and with a timeout suited to a page. The server with
 * that ID must not have the resource tag of another service.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Measurements {
    private static final System.Logger LOG = System.getLogger(Measurements.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    @Inject
    ServerEndpoints serverEndpoints;

    @Inject
    Access access;

    @Inject
    ProvisioningTargets provisioningTargets;

    @Inject
    MetricsCache metricsCache;

    @Inject
    InteractiveCalls interactiveCalls;

    @Inject
    Clock clock;

    /** Returns the metrics of a service for the current user. */
    public MetricsResult of(UUID serviceId, MetricsRange metricsRange) {
        return of(serviceId, metricsRange, PATIENCE);
    }

    MetricsResult of(UUID serviceId, MetricsRange metricsRange, Duration limit) {
        var service = serverEndpoints.of(serviceId).orElseThrow(() -> new NotFoundException("service", serviceId));
        access.requireIn(service.organizationId(), Permission.VPS_VIEW);
        var server = service.server();
        if (server.isEmpty() || !isThere(service)) {
            return new MetricsResult.NoServer();
        }
        var cacheKey = new CacheKey(Tenancy.tenant(), serviceId, metricsRange);
        var known = metricsCache.find(cacheKey, clock);
        if (known.isPresent()) {
            return known.get();
        }
        var metricsResult = ask(cacheKey, server.get(), limit);
        metricsCache.keep(cacheKey, metricsResult, clock);
        return metricsResult;
    }

    private MetricsResult ask(CacheKey cacheKey, ProviderServerRef server, Duration limit) {
        var now = clock.instant();
        try {
            var home = provisioningTargets.open(server.account());
            if (home.isPresent() && home.get().provider() instanceof Metrics metrics) {
                return timeSeries(cacheKey, home.get().provider(), metrics, server, now, limit);
            }
            return home.isPresent() ? new MetricsResult.NotSupported() : new MetricsResult.Unavailable(now);
        } catch (ProviderFailure failure) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "measurements unavailable service={0}: {1}",
                    cacheKey.serviceId(),
                    failure.reason());
            return new MetricsResult.Unavailable(now);
        }
    }

    private MetricsResult timeSeries(
            CacheKey cacheKey,
            ProviderClient providerClient,
            Metrics metrics,
            ProviderServerRef server,
            Instant now,
            Duration limit) {
        var back = Duration.between(cacheKey.span().start(now), now);
        var resourceTag = new ResourceTag(cacheKey.serviceId());
        var result = interactiveCalls.ask(server.account(), limit, () -> {
            requireOurs(providerClient, server.id(), resourceTag);
            return metrics.measured(server.id(), now, back);
        });
        return new MetricsResult.Available(
                result.stream()
                        .map(series -> TimeSeries.of(series, cacheKey.span(), now))
                        .filter(TimeSeries::isKnown)
                        .toList(),
                now);
    }

    /** Providers reuse the IDs of deleted servers; the metrics of the new server must not be shown here. */
    private static void requireOurs(ProviderClient providerClient, String number, ResourceTag resourceTag) {
        if (providerClient.server(number).filter(one -> one.mayBe(resourceTag)).isEmpty()) {
            throw new ProviderFailure(
                    Reason.NOT_FOUND, "server " + number + " no longer exists or belongs to another service");
        }
    }

    private static boolean isThere(ServerLocation service) {
        return service.state() == Service.State.ACTIVE || service.state() == Service.State.SUSPENDED;
    }
}
