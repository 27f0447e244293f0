package io.tenantry.provider;

import java.time.Instant;
import java.util.List;

/** A vendor that keeps copies of a server's disk when asked. */
public interface Snapshots {
    /** A copy. */
    record Snapshot(String id, String name, long sizeMib, boolean ready, Instant at) {}

    List<Snapshot> snapshots(String serverId);

    Task snapshot(String serverId, String name);

    /** Puts the server back to what it was. */
    Task restore(String serverId, String snapshotId);
}
