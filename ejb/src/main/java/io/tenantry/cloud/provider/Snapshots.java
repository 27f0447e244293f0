package io.tenantry.cloud.provider;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** A provider of snapshots of a server's disk. */
public interface Snapshots {
    /** A snapshot. */
    record Snapshot(String id, String name, long sizeMib, boolean ready, Instant at) {}

    /** How a provider keeps snapshots. */
    enum Keeping {
        /** Several, each deleted separately; they outlive their server. */
        STANDALONE,
        /** Several, each deleted separately; they are gone together with their server. */
        WITH_SERVER,
        /** One, as long as the server's {@link Backups} are on; the next one replaces it, and it cannot be deleted separately. */
        WITH_BACKUPS
    }

    Keeping keeping();

    /** Returns the snapshots of a server, including one that is gone where they outlive it. */
    List<Snapshot> snapshots(String serverId);

    /** Returns the snapshots of several servers; a server that is gone together with its snapshots has none. */
    default List<Snapshot> snapshotsOf(Collection<String> serverIds) {
        return serverIds.stream().flatMap(id -> snapshotsIfThere(id).stream()).toList();
    }

    private List<Snapshot> snapshotsIfThere(String serverId) {
        try {
            return snapshots(serverId);
        } catch (ProviderFailure failure) {
            if (failure.reason() != ProviderFailure.Reason.NOT_FOUND) {
                throw failure;
            }
            return List.of();
        }
    }

    /** Requests a snapshot; callers must look for the name among {@link #snapshots} first. */
    ProviderTask snapshot(String serverId, String name);

    /** Restores the server from a snapshot. */
    ProviderTask restore(String serverId, String snapshotId);

    /** Deletes a snapshot; idempotent. One that cannot be deleted separately is left as it is. */
    void deleteSnapshot(String serverId, String snapshotId);
}
