package io.tenantry.cloud.transfer;

import io.tenantry.cloud.transfer.TransferPool.OverageShare;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Distributes overage to packs: each is used up before the next one, and none provides more than it holds. */
final class PackDrawdown {
    private PackDrawdown() {}

    /**
     * A pack that is not used up.
     *
     * @param bytes positive
     */
    record PackRemainder(UUID packId, long bytes) {}

    /** The part of a pack that a service's share uses. */
    record PackUse(UUID packId, UUID serviceId, long bytes) {}

    /** Returns what the shares use, in their order, from the packs, in theirs. */
    static List<PackUse> of(List<PackRemainder> packs, List<OverageShare> over) {
        var open = new ArrayDeque<>(packs);
        var uses = new ArrayList<PackUse>();
        for (var one : over) {
            var beyond = one.bytes();
            while (beyond > 0 && !open.isEmpty()) {
                var pack = open.remove();
                var bytes = Math.min(beyond, pack.bytes());
                uses.add(new PackUse(pack.packId(), one.share().serviceId(), bytes));
                beyond -= bytes;
                if (bytes < pack.bytes()) {
                    open.addFirst(new PackRemainder(pack.packId(), pack.bytes() - bytes));
                }
            }
        }
        return List.copyOf(uses);
    }

    /** Returns what a service's share uses from all packs. */
    static long taken(List<PackUse> uses, OverageShare overageShare) {
        return uses.stream()
                .filter(packUse ->
                        packUse.serviceId().equals(overageShare.share().serviceId()))
                .mapToLong(PackUse::bytes)
                .sum();
    }
}
