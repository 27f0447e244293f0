package io.tenantry.reconciling;

import io.tenantry.provider.Mark;
import io.tenantry.provider.Server;
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
record Sighting(
        Kind kind,
        String upstreamId,
        String mark,
        Optional<UUID> serviceId,
        String name,
        String expected,
        String seen) {
    /** A server of which we know no service. */
    static Sighting of(Kind kind, Server server) {
        return new Sighting(
                kind, server.id(), server.mark().map(Mark::text).orElse(""), Optional.empty(), server.name(), "", "");
    }

    /** A server that a service should not have. */
    static Sighting of(Kind kind, Server server, Known service) {
        return of(kind, server, service, "", "");
    }

    /** A server that is not as its service says. */
    static Sighting of(Kind kind, Server server, Known service, String expected, String seen) {
        return new Sighting(
                kind,
                server.id(),
                new Mark(service.id()).text(),
                Optional.of(service.id()),
                service.name(),
                expected,
                seen);
    }

    /** A service whose server is not there. */
    static Sighting missing(Known service) {
        return new Sighting(
                Kind.GHOST,
                service.upstreamId().orElse(""),
                new Mark(service.id()).text(),
                Optional.of(service.id()),
                service.name(),
                "",
                "");
    }
}
