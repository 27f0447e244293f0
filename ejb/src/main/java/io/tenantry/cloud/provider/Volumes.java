package io.tenantry.cloud.provider;

import java.util.List;
import java.util.Optional;

/** A vendor of disks that outlive a server. */
public interface Volumes {
    /**
     * A disk.
     *
     * @param serverId what it is attached to
     */
    record Volume(
            String id,
            Optional<ResourceTag> mark,
            String name,
            int sizeGib,
            String region,
            Optional<String> serverId,
            boolean ready) {}

    /** All of the account. */
    List<Volume> volumes();

    /** Asks for a disk; look among {@link #volumes} for the mark first. */
    Volume createVolume(ResourceTag resourceTag, String region, int sizeGib);

    ProviderTask attach(String volumeId, String serverId);

    ProviderTask detach(String volumeId);

    /** Disks only grow. */
    ProviderTask grow(String volumeId, int sizeGib);

    /** Gone already is fine. */
    void deleteVolume(String volumeId);
}
