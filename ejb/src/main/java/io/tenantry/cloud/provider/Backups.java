package io.tenantry.cloud.provider;

import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.Snapshots.Snapshot;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A provider of scheduled backups of a server's disk, at a price. */
public interface Backups {
    /** Backup frequency, where the provider offers a choice. */
    enum Policy {
        DAILY,
        WEEKLY;

        /** Returns the lower-case name, for texts. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A backup frequency and its retention.
     *
     * @param policy empty for a provider without a choice
     * @param copies maximum number of backups kept
     * @param days maximum age of a backup
     */
    record Retention(Optional<Policy> policy, int copies, int days) {}

    /** Returns the choices, the usual one first; never empty. Sends nothing. */
    List<Retention> policies();

    /** Switches backups on at the usual frequency, or off; idempotent. Switching off loses the existing backups. */
    void backUp(String serverId, boolean on);

    /** Returns the backup frequency; empty if backups are off or the provider offers no choice. */
    default Optional<Policy> policy(String serverId) {
        return Optional.empty();
    }

    /** Switches backups on at that frequency, or changes it; idempotent. Whether it has taken effect is shown by {@link #policy}. */
    default void backUp(String serverId, Policy policy) {
        throw new ProviderFailure(Reason.INVALID, "the backup frequency cannot be chosen");
    }

    /** Whether backups are on. */
    boolean isBackedUp(String serverId);

    /** Returns the IDs of all servers of the account whose backups are on. */
    Set<String> backedUp();

    List<Snapshot> backups(String serverId);

    /** Restores the server from a backup. */
    ProviderTask restoreBackup(String serverId, String backupId);
}
