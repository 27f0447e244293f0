package io.tenantry.cloud.provider;

import java.time.Instant;
import java.util.List;

/** A vendor that counts what a server sends and receives. */
public interface TransferMetering {
    /**
     * Traffic in a period {@code [from, to)} of the vendor's own, which may be in progress.
     *
     * @param inBytes received, from the period's start up to now
     * @param outBytes sent, likewise
     */
    record Traffic(Instant from, Instant to, long inBytes, long outBytes) {}

    /** Whether it counts; one that only estimates is to be shown, and not to be charged by. */
    default boolean isExact() {
        return true;
    }

    /** The period in progress and, where the vendor still knows, those before, the latest first. */
    List<Traffic> traffic(String serverId, Instant now);
}
