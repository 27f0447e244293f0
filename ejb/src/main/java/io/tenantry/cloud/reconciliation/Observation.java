package io.tenantry.cloud.reconciliation;

import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ResourceTag;
import java.util.Optional;
import java.util.UUID;

/**
 * A discrepancy observed by one scan.
 *
 * @param upstreamId the provider's ID of the server that exists or should exist
 * @param mark the resource tag of that server as text; empty for one that is not ours
 * @param serviceId the service that it belongs to; empty if none is known
 * @param name the provider's name for it, otherwise the service's
 * @param expected the expected value; empty if there is none, or if only existence matters
 * @param seen the observed value
 */
record Observation(
        DiscrepancyType kind,
        String upstreamId,
        String mark,
        Optional<UUID> serviceId,
        String name,
        String expected,
        String seen) {
    /** Creates the observation of a server without a known service. */
    static Observation of(DiscrepancyType discrepancyType, ProviderServer providerServer) {
        return new Observation(
                discrepancyType,
                providerServer.id(),
                providerServer.mark().map(ResourceTag::text).orElse(""),
                Optional.empty(),
                providerServer.name(),
                "",
                "");
    }

    /** Creates the observation of a server that a service should not have. */
    static Observation of(DiscrepancyType discrepancyType, ProviderServer providerServer, ExpectedServer service) {
        return of(discrepancyType, providerServer, service, "", "");
    }

    /** Creates the observation of a server that differs from its service. */
    static Observation of(
            DiscrepancyType discrepancyType,
            ProviderServer providerServer,
            ExpectedServer service,
            String expected,
            String seen) {
        return new Observation(
                discrepancyType,
                providerServer.id(),
                new ResourceTag(service.id()).text(),
                Optional.of(service.id()),
                service.name(),
                expected,
                seen);
    }

    /** Creates the observation of a missing server. */
    static Observation missing(ExpectedServer service) {
        return new Observation(
                DiscrepancyType.MISSING,
                service.upstreamId().orElse(""),
                new ResourceTag(service.id()).text(),
                Optional.of(service.id()),
                service.name(),
                "",
                "");
    }
}
