package io.tenantry.provider;

import io.tenantry.provider.Snapshots.Snapshot;
import java.util.List;

/** A vendor that copies a server's disk by the clock, for a price. */
public interface Backups {
    /** Switches them on or off; as it is already is fine. Off loses those that there are. */
    void backUp(String serverId, boolean on);

    List<Snapshot> backups(String serverId);

    /** Puts the server back to what it was. */
    Task restoreBackup(String serverId, String backupId);
}
