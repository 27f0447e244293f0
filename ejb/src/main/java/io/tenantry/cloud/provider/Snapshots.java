package io.tenantry.cloud.provider;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** A vendor that keeps copies of a server's disk when asked. */
public interface Snapshots {
    /** A copy. */
    record Snapshot(String id, String name, long sizeMib, boolean ready, Instant at) {}

    /** How a vendor keeps them. */
    enum Keeping {
        /** Several, each deleted by itself; they outlive their server. */
        APART,
        /** Several, each deleted by itself; they are gone with their server. */
        WITH_SERVER,
        /** One, as long as the server's {@link Backups} are on; the next one replaces it, and it is not deleted by itself. */
        WITH_BACKUPS
    }

    Keeping keeping();

    /** Those of a server; also of one that is gone, where they outlive it. */
    List<Snapshot> snapshots(String serverId);

    /** The same of several; a server that is gone with its copies has none. */
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

    /** Asks for one; look among {@link #snapshots} for the name first. */
    ProviderTask snapshot(String serverId, String name);

    /** Puts the server back to what it was. */
    ProviderTask restore(String serverId, String snapshotId);

    /** Gone already is fine; one that is not deleted by itself is left as it is. */
    void deleteSnapshot(String serverId, String snapshotId);
}
