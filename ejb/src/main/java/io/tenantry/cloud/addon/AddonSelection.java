package io.tenantry.cloud.addon;

import io.tenantry.cloud.provider.Backups.Policy;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The add-ons ordered together with a server, each kind once. Equal selections have the same textual form regardless of their order: an
 * idempotency key identifies a request by it.
 */
public record AddonSelection(List<Extra> all) {
    /** A server without add-ons. */
    public static final AddonSelection NONE = new AddonSelection(List.of());

    public AddonSelection {
        if (all.stream().map(Extra::kind).distinct().count() < all.size()) {
            throw new IllegalArgumentException("an add-on type is ordered twice: " + all);
        }
        all = all.stream().sorted(Comparator.comparing(Extra::kind)).toList();
    }

    /**
     * The selection of one kind.
     *
     * @param quantity gibibytes of a volume; number of addresses; one for backups
     * @param policy the backup frequency, where the provider offers a choice
     * @param seenPrice the price that was shown; empty to accept any price
     */
    public record Extra(AddonType kind, int quantity, Optional<Policy> policy, Optional<UUID> seenPrice) {
        public Extra {
            if (kind == AddonType.SNAPSHOT) {
                throw new IllegalArgumentException("a server that does not exist yet cannot have a snapshot");
            }
            if (quantity < 1) {
                throw new IllegalArgumentException("quantity below one of " + kind + ": " + quantity);
            }
        }

        /** Selects backups. */
        public static Extra backups(Optional<Policy> policy, Optional<UUID> seenPrice) {
            return new Extra(AddonType.BACKUP, 1, policy, seenPrice);
        }

        /** Selects a volume. */
        public static Extra volume(int gib, Optional<UUID> seenPrice) {
            return new Extra(AddonType.VOLUME, gib, Optional.empty(), seenPrice);
        }

        /** Selects additional addresses, each of which becomes a separate add-on. */
        public static Extra addresses(int number, Optional<UUID> seenPrice) {
            return new Extra(AddonType.ADDRESS, number, Optional.empty(), seenPrice);
        }
    }
}
