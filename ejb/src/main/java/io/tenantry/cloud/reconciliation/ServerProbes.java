package io.tenantry.cloud.reconciliation;

import io.tenantry.cloud.provider.ProviderServer;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The provider's answers for servers that its list does not contain or whose power state it does not contain, queried by their IDs.
 *
 * @param gone services whose server does not exist
 * @param there services whose server exists nevertheless
 * @param states states of servers whose power state the list does not contain; {@code UNKNOWN} if not reported
 */
public record ServerProbes(Set<UUID> gone, Set<UUID> there, Map<UUID, ProviderServer.State> states) {
    /** No server was queried. */
    static final ServerProbes NONE = new ServerProbes(Set.of(), Set.of(), Map.of());

    public ServerProbes {
        gone = Set.copyOf(gone);
        there = Set.copyOf(there);
        states = Map.copyOf(states);
    }
}
