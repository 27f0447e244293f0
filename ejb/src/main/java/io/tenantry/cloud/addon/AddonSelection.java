package io.tenantry.cloud.addon;

import io.tenantry.cloud.provider.Backups.Policy;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is ordered together with a server, each kind once. Two that say the same are written the same, whatever the order was in which it was
 * said: an idempotency key knows a request by that.
 */
public record AddonSelection(List<Extra> all) {
    /** The server alone. */
    public static final AddonSelection NONE = new AddonSelection(List.of());

    public AddonSelection {
        if (all.stream().map(Extra::kind).distinct().count() < all.size()) {
            throw new IllegalArgumentException("a kind of option is ordered twice: " + all);
        }
        all = all.stream().sorted(Comparator.comparing(Extra::kind)).toList();
    }

    /**
     * One kind of it.
     *
     * @param quantity gibibytes of a volume; how many addresses; one of backups
     * @param policy of backups: how often, where the vendor lets one choose
     * @param seenPrice the price that was shown; empty for whatever it costs
     */
    public record Extra(AddonType kind, int quantity, Optional<Policy> policy, Optional<UUID> seenPrice) {
        public Extra {
            if (kind == AddonType.SNAPSHOT) {
                throw new IllegalArgumentException("a server that is not there cannot be copied");
            }
            if (quantity < 1) {
                throw new IllegalArgumentException("less than one of " + kind + ": " + quantity);
            }
        }

        /** Backups. */
        public static Extra backups(Optional<Policy> policy, Optional<UUID> seenPrice) {
            return new Extra(AddonType.BACKUP, 1, policy, seenPrice);
        }

        /** A volume. */
        public static Extra volume(int gib, Optional<UUID> seenPrice) {
            return new Extra(AddonType.VOLUME, gib, Optional.empty(), seenPrice);
        }

        /** Further addresses, each of which is an option of its own. */
        public static Extra addresses(int number, Optional<UUID> seenPrice) {
            return new Extra(AddonType.ADDRESS, number, Optional.empty(), seenPrice);
        }
    }
}
