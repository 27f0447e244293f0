package io.tenantry.cloud.provider;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A server as the vendor tells of it.
 *
 * @param id the vendor's
 * @param mark empty for one that is not ours
 * @param addresses IPv4 first; private ones are left out
 * @param size the vendor's code, empty if it does not say
 * @param region the vendor's code, empty if it does not say
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
    /** What a server is at. */
    public enum State {
        /** Set aside for us, but not yet told what to become: {@link ProviderClient#create} has to be asked again. */
        RESERVED,
        /** Being made, for the first time or again. */
        BUILDING,
        RUNNING,
        STOPPED,
        /** At something that passes: restarting, moving, growing. */
        BUSY,
        /** Stopped by the vendor. */
        SUSPENDED,
        /** Making it has failed. */
        FAILED,
        /** On its way out. */
        LEAVING,
        /** The vendor used a word that we do not know, or does not say. */
        UNRECOGNISED
    }

    public ProviderServer {
        addresses = List.copyOf(addresses);
    }

    /**
     * Whether it can be the server that had this number with that mark: vendors may give a number again once its server is gone. One that has lost
     * its mark still can.
     */
    public boolean mayBe(ResourceTag wanted) {
        return mark.isEmpty() || mark.get().equals(wanted);
    }
}
