package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.AddonObservations.Charged;
import io.tenantry.cloud.addon.AddonObservations.ObservedResource;
import io.tenantry.cloud.provider.ResourceTag;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One of our servers whose backups are on or off. */
public record BackupState(UUID serviceId, String upstreamId, String name) {
    private static final Comparator<Charged> LATEST =
            Comparator.comparing(Charged::isOver).thenComparing(Charged::id, Comparator.reverseOrder());

    /**
     * Returns the observation of its enabled backups: those that are paid for, otherwise the last ones that were, otherwise without an add-on.
     */
    ObservedResource thing(Map<UUID, Charged> charged) {
        var option = charged.values().stream()
                .filter(one -> one.kind() == AddonType.BACKUP && one.serviceId().equals(serviceId))
                .min(LATEST)
                .map(Charged::id);
        return new ObservedResource(
                AddonType.BACKUP,
                upstreamId,
                Optional.of(new ResourceTag(option.orElse(serviceId))),
                name,
                1,
                true,
                Optional.of(serviceId));
    }
}
