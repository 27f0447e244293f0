package io.tenantry.cloud.transfer;

import io.tenantry.cloud.transfer.TransferPool.Over;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What is taken out of packs: the first of them is used up before the next is begun, and none gives more than it holds. */
final class PackDrawdown {
    private PackDrawdown() {}

    /**
     * A pack with something left.
     *
     * @param bytes above zero
     */
    record Left(UUID packId, long bytes) {}

    /** What a service's share takes from a pack. */
    record Use(UUID packId, UUID serviceId, long bytes) {}

    /** What the shares take, in their order, from the packs, in theirs. */
    static List<Use> of(List<Left> packs, List<Over> over) {
        var open = new ArrayDeque<>(packs);
        var uses = new ArrayList<Use>();
        for (var one : over) {
            var beyond = one.bytes();
            while (beyond > 0 && !open.isEmpty()) {
                var pack = open.remove();
                var bytes = Math.min(beyond, pack.bytes());
                uses.add(new Use(pack.packId(), one.share().serviceId(), bytes));
                beyond -= bytes;
                if (bytes < pack.bytes()) {
                    open.addFirst(new Left(pack.packId(), pack.bytes() - bytes));
                }
            }
        }
        return List.copyOf(uses);
    }

    /** What a service's share takes from all packs. */
    static long taken(List<Use> uses, Over over) {
        return uses.stream()
                .filter(use -> use.serviceId().equals(over.share().serviceId()))
                .mapToLong(Use::bytes)
                .sum();
    }
}
