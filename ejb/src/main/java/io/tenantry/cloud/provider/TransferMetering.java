package io.tenantry.cloud.provider;

import java.time.Instant;
import java.util.List;

/** A provider that meters the transfer of a server. */
public interface TransferMetering {
    /**
     * Traffic in a period {@code [from, to)} defined by the provider, which may be in progress.
     *
     * @param inBytes received, from the period's start up to now
     * @param outBytes sent, likewise
     */
    record Traffic(Instant from, Instant to, long inBytes, long outBytes) {}

    /** Whether the values are metered; estimates are shown only and never charged. */
    default boolean isExact() {
        return true;
    }

    /** Returns the period in progress and, where the provider still has them, earlier ones, the latest first. */
    List<Traffic> traffic(String serverId, Instant now);
}
