package io.tenantry.cloud.provider;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A server as reported by the provider.
 *
 * @param id the provider's ID
 * @param mark empty for one that is not ours
 * @param addresses IPv4 first; private ones are omitted
 * @param size the provider's code, empty if not reported
 * @param region the provider's code, empty if not reported
 */
public record ProviderServer(
        String id,
        Optional<ResourceTag> mark,
        String name,
        State state,
        List<String> addresses,
        String size,
        String region,
        Optional<Instant> createdAt) {
    /** State of a server. */
    public enum State {
        /** Reserved for us but not configured yet: {@link ProviderClient#create} must be called again. */
        RESERVED,
        /** Being created or rebuilt. */
        BUILDING,
        RUNNING,
        STOPPED,
        /** In a temporary operation: restarting, moving, growing. */
        BUSY,
        /** Suspended by the provider. */
        SUSPENDED,
        /** Its creation has failed. */
        FAILED,
        /** Being deleted. */
        DELETING,
        /** The provider reports an unknown state or none. */
        UNKNOWN
    }

    public ProviderServer {
        addresses = List.copyOf(addresses);
    }

    /**
     * Whether it can be the server that had this ID with that resource tag: providers may reuse the ID of a deleted server. A server that has lost
     * its resource tag still can be.
     */
    public boolean mayBe(ResourceTag wanted) {
        return mark.isEmpty() || mark.get().equals(wanted);
    }
}
