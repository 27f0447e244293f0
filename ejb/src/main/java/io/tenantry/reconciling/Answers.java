package io.tenantry.reconciling;

import java.util.Set;
import java.util.UUID;

/**
 * What a vendor said of servers that its list lacks, asked for by their numbers.
 *
 * @param gone services whose server it does not know
 * @param there services whose server it knows all the same
 */
public record Answers(Set<UUID> gone, Set<UUID> there) {
    /** Nothing was asked. */
    static final Answers NONE = new Answers(Set.of(), Set.of());

    public Answers {
        gone = Set.copyOf(gone);
        there = Set.copyOf(there);
    }
}
