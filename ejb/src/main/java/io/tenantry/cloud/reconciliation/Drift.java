package io.tenantry.cloud.reconciliation;

import io.tenantry.cloud.provider.ProviderServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Differences between the server of a running service and the service itself. A server that its customer has shut down is as expected, and no
 * statement is made about a busy one. During a resize, both the old and the new size are as expected.
 */
final class Drift {
    private Drift() {}

    static List<Observation> of(ExpectedServer service, ProviderServer providerServer) {
        var observed = new ArrayList<Observation>();
        if (!isAtRest(providerServer)) {
            return observed;
        }
        if (isPower(service, providerServer)) {
            observed.add(Observation.of(
                    DiscrepancyType.DRIFT_POWER,
                    providerServer,
                    service,
                    word(service.isHeldOff() ? ProviderServer.State.STOPPED : ProviderServer.State.RUNNING),
                    word(providerServer.state())));
        }
        if (!service.isResizing()
                && !providerServer.size().isEmpty()
                && !providerServer.size().equals(service.size())) {
            observed.add(Observation.of(
                    DiscrepancyType.DRIFT_PLAN, providerServer, service, service.size(), providerServer.size()));
        }
        if (!providerServer.addresses().isEmpty()
                && !service.address().isEmpty()
                && !providerServer.addresses().contains(service.address())) {
            observed.add(Observation.of(
                    DiscrepancyType.DRIFT_ADDRESS,
                    providerServer,
                    service,
                    service.address(),
                    providerServer.addresses().get(0)));
        }
        return observed;
    }

    private static boolean isAtRest(ProviderServer providerServer) {
        return switch (providerServer.state()) {
            case RUNNING, STOPPED, SUSPENDED, FAILED -> true;
            case RESERVED, BUILDING, BUSY, DELETING, UNKNOWN -> false;
        };
    }

    private static boolean isPower(ExpectedServer service, ProviderServer providerServer) {
        return service.isHeldOff()
                ? providerServer.state() == ProviderServer.State.RUNNING
                : providerServer.state() == ProviderServer.State.SUSPENDED
                        || providerServer.state() == ProviderServer.State.FAILED;
    }

    private static String word(ProviderServer.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
