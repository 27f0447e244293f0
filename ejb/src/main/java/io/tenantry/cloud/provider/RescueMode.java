package io.tenantry.cloud.provider;

import java.util.List;
import java.util.Optional;

/**
 * A provider whose servers can be started into its rescue system, from which their disks, left unchanged, can be repaired. A restart by power
 * action or from within returns the server to its own system.
 */
public interface RescueMode {
    /**
     * Requests an immediate start into the rescue system, regardless of the server's state; the holder of one of these public keys can log in
     * as root. Idempotent.
     */
    ProviderTask rescue(String serverId, List<String> keys);

    /** Requests a start from the server's own disk. Idempotent. */
    ProviderTask leaveRescue(String serverId);

    /** Whether the server is in the rescue system; empty where the provider does not report it. */
    Optional<Boolean> isRescued(String serverId);
}
