package io.tenantry.cloud.provider;

import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.Snapshots.Snapshot;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A vendor that copies a server's disk by the clock, for a price. */
public interface Backups {
    /** How often, where that can be chosen. */
    enum Policy {
        DAILY,
        WEEKLY;

        /** In lower case, for words. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How often a server is copied, and what is kept of that.
     *
     * @param policy empty for a vendor that has one way only
     * @param copies so many there are at most
     * @param days so old the oldest becomes
     */
    record Retention(Optional<Policy> policy, int copies, int days) {}

    /** What can be chosen, the usual first; never nothing. Nothing is sent. */
    List<Retention> policies();

    /** Switches them on, as is usual, or off; as it is already is fine. Off loses those that there are. */
    void backUp(String serverId, boolean on);

    /** How often it is copied; empty if it is not, or if that cannot be chosen. */
    default Optional<Policy> policy(String serverId) {
        return Optional.empty();
    }

    /** Switches them on, that often, or changes to that; as it is already is fine. Whether it is so by then {@link #policy} tells. */
    default void backUp(String serverId, Policy policy) {
        throw new ProviderFailure(Reason.INVALID, "how often a server is copied cannot be chosen");
    }

    /** Whether they are on. */
    boolean isBackedUp(String serverId);

    /** The numbers of all servers of the account for which they are. */
    Set<String> backedUp();

    List<Snapshot> backups(String serverId);

    /** Puts the server back to what it was. */
    ProviderTask restoreBackup(String serverId, String backupId);
}
