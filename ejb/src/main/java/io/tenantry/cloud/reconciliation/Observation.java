package io.tenantry.cloud.reconciliation;

import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ResourceTag;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that one reading has seen.
 *
 * @param upstreamId the vendor's number of the server that is there, or should be
 * @param mark of that server, as a text; empty for one that is not ours
 * @param serviceId whose it is; empty for one of which we know no service
 * @param name what the vendor, or else the service, calls it
 * @param expected what should be; empty where that is nothing, or just that it is there
 * @param seen what is
 */
record Observation(
        DiscrepancyType kind,
        String upstreamId,
        String mark,
        Optional<UUID> serviceId,
        String name,
        String expected,
        String seen) {
    /** A server of which we know no service. */
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

    /** A server that a service should not have. */
    static Observation of(DiscrepancyType discrepancyType, ProviderServer providerServer, ExpectedServer service) {
        return of(discrepancyType, providerServer, service, "", "");
    }

    /** A server that is not as its service says. */
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

    /** A service whose server is not there. */
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
