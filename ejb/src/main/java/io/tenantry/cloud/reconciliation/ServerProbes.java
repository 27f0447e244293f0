package io.tenantry.cloud.reconciliation;

import io.tenantry.cloud.provider.ProviderServer;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a vendor said of servers that its list lacks, or whose power it does not tell, asked for by their numbers.
 *
 * @param gone services whose server it does not know
 * @param there services whose server it knows all the same
 * @param states what servers are at whose power the list does not tell; {@code UNRECOGNISED} where nothing was said
 */
public record ServerProbes(Set<UUID> gone, Set<UUID> there, Map<UUID, ProviderServer.State> states) {
    /** Nothing was asked. */
    static final ServerProbes NONE = new ServerProbes(Set.of(), Set.of(), Map.of());

    public ServerProbes {
        gone = Set.copyOf(gone);
        there = Set.copyOf(there);
        states = Map.copyOf(states);
    }
}
