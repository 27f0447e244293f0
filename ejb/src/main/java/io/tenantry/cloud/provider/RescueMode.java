package io.tenantry.cloud.provider;

import java.util.List;
import java.util.Optional;

/**
 * A vendor whose servers can be started into a system that it keeps for rescue: what is on their disks stays, and can be mended from there.
 * Who starts a server again by its power, or from within, is back in its own system.
 */
public interface RescueMode {
    /** Asks to start the server into it at once, whatever it is at; whoever has one of these public keys enters as root. Twice is as good as once. */
    ProviderTask rescue(String serverId, List<String> keys);

    /** Asks to start the server from its own disk again. Twice is as good as once. */
    ProviderTask leaveRescue(String serverId);

    /** Whether it is in it; empty where the vendor does not tell. */
    Optional<Boolean> isRescued(String serverId);
}
