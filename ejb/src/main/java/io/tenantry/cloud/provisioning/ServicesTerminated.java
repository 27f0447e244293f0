package io.tenantry.cloud.provisioning;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Fired when services end at that instant: within the transaction, under their locks, before any wallet is locked. */
public record ServicesTerminated(List<UUID> serviceIds, Instant at) {
    public ServicesTerminated {
        serviceIds = List.copyOf(serviceIds);
    }
}
