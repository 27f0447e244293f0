package io.tenantry.cloud.provider;

import java.util.List;
import java.util.Optional;

/** A provider of volumes that outlive a server. */
public interface Volumes {
    /**
     * A volume.
     *
     * @param serverId the server that it is attached to
     */
    record Volume(
            String id,
            Optional<ResourceTag> mark,
            String name,
            int sizeGib,
            String region,
            Optional<String> serverId,
            boolean ready) {}

    /** Returns all volumes of the account. */
    List<Volume> volumes();

    /** Requests a volume; callers must look for the resource tag among {@link #volumes} first. */
    Volume createVolume(ResourceTag resourceTag, String region, int sizeGib);

    ProviderTask attach(String volumeId, String serverId);

    ProviderTask detach(String volumeId);

    /** Grows a volume; volumes cannot shrink. */
    ProviderTask grow(String volumeId, int sizeGib);

    /** Deletes a volume; idempotent. */
    void deleteVolume(String volumeId);
}
