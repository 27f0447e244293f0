package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.Snapshots.Snapshot;
import java.util.Collection;
import java.util.List;

/**
 * Copies of a droplet's disk: snapshots, taken on request, and backups, taken on schedule. A snapshot outlives its droplet, so it is looked up
 * among all of the account. DigitalOcean has no state for one that is not ready.
 */
record DropletImages(ProviderHttp api, DigitalOceanPaging pages, Actions actions) {
    private static final String PATH = "/v2/snapshots";
    private static final String SNAPSHOTS = "snapshots";
    private static final String BACKUPS = "backups";

    /** Returns the backups of a droplet. */
    List<Snapshot> backups(String dropletId) {
        return pages.all("/v2/droplets/" + ProviderHttp.number(dropletId) + "/" + BACKUPS, BACKUPS).stream()
                .map(DropletImages::copy)
                .toList();
    }

    /** Returns the snapshots of droplets that exist or existed. */
    List<Snapshot> snapshots(Collection<String> dropletIds) {
        if (dropletIds.isEmpty()) {
            return List.of();
        }
        return pages.all(PATH, SNAPSHOTS, "resource_type", "droplet").stream()
                .filter(copy -> dropletIds.contains(copy.text("resource_id")))
                .map(DropletImages::copy)
                .toList();
    }

    void delete(String snapshotId) {
        api.delete(PATH + "/" + ProviderHttp.number(snapshotId));
    }

    ProviderTask take(String dropletId, String name) {
        return actions.droplet(
                dropletId, Actions.of("snapshot").add("name", name).build());
    }

    /** DigitalOcean restores backups only; from a snapshot, the droplet is rebuilt as from an image. */
    ProviderTask restoreSnapshot(String dropletId, String snapshotId) {
        return put(dropletId, "rebuild", snapshotId);
    }

    ProviderTask restoreBackup(String dropletId, String backupId) {
        return put(dropletId, "restore", backupId);
    }

    private ProviderTask put(String dropletId, String type, String copyId) {
        return actions.droplet(
                dropletId,
                Actions.of(type).add("image", ProviderHttp.number(copyId)).build());
    }

    private static Snapshot copy(JsonFields copy) {
        return new Snapshot(
                copy.text("id"), copy.text("name"), copy.mib("size_gigabytes"), true, copy.instant("created_at"));
    }
}
