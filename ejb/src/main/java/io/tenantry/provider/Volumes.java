package io.tenantry.provider;

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
            Optional<Mark> mark,
            String name,
            int sizeGib,
            String region,
            Optional<String> serverId,
            boolean ready) {}

    /** All of the account. */
    List<Volume> volumes();

    /** Asks for a disk; look among {@link #volumes} for the mark first. */
    Volume createVolume(Mark mark, String region, int sizeGib);

    Task attach(String volumeId, String serverId);

    Task detach(String volumeId);

    /** Disks only grow. */
    Task grow(String volumeId, int sizeGib);

    /** Gone already is fine. */
    void deleteVolume(String volumeId);
}
