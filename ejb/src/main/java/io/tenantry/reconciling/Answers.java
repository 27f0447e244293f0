package io.tenantry.reconciling;

import io.tenantry.provider.Server;
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
public record Answers(Set<UUID> gone, Set<UUID> there, Map<UUID, Server.State> states) {
    /** Nothing was asked. */
    static final Answers NONE = new Answers(Set.of(), Set.of(), Map.of());

    public Answers {
        gone = Set.copyOf(gone);
        there = Set.copyOf(there);
        states = Map.copyOf(states);
    }
}
