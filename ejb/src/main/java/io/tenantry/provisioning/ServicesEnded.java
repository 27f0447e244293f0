package io.tenantry.provisioning;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Services are ended at that instant: told within the transaction, under their locks, before any wallet is locked. */
public record ServicesEnded(List<UUID> serviceIds, Instant at) {
    public ServicesEnded {
        serviceIds = List.copyOf(serviceIds);
    }
}
