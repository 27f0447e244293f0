package io.tenantry.reconciling;

import io.tenantry.provider.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is other at the server of a running service than the service says. A server that its customer has shut down is as it should be, and
 * of one that is at something nothing is said. Of one that is to have another size, the size is as it should be, before and after.
 */
final class Drift {
    private Drift() {}

    static List<Sighting> of(Known service, Server server) {
        var sightings = new ArrayList<Sighting>();
        if (!isAtRest(server)) {
            return sightings;
        }
        if (isPower(service, server)) {
            sightings.add(Sighting.of(
                    Kind.DRIFT_POWER,
                    server,
                    service,
                    word(service.isHeldOff() ? Server.State.STOPPED : Server.State.RUNNING),
                    word(server.state())));
        }
        if (!service.isResizing() && !server.size().isEmpty() && !server.size().equals(service.size())) {
            sightings.add(Sighting.of(Kind.DRIFT_PLAN, server, service, service.size(), server.size()));
        }
        if (!server.addresses().isEmpty()
                && !service.address().isEmpty()
                && !server.addresses().contains(service.address())) {
            sightings.add(Sighting.of(
                    Kind.DRIFT_ADDRESS,
                    server,
                    service,
                    service.address(),
                    server.addresses().get(0)));
        }
        return sightings;
    }

    private static boolean isAtRest(Server server) {
        return switch (server.state()) {
            case RUNNING, STOPPED, SUSPENDED, FAILED -> true;
            case RESERVED, BUILDING, BUSY, LEAVING, UNRECOGNISED -> false;
        };
    }

    private static boolean isPower(Known service, Server server) {
        return service.isHeldOff()
                ? server.state() == Server.State.RUNNING
                : server.state() == Server.State.SUSPENDED || server.state() == Server.State.FAILED;
    }

    private static String word(Server.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
