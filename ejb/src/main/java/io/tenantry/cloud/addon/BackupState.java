package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.AddonObservations.ChargedAddon;
import io.tenantry.cloud.addon.AddonObservations.ObservedResource;
import io.tenantry.cloud.provider.ResourceTag;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One of our servers whose backups are on or off. */
public record BackupState(UUID serviceId, String upstreamId, String name) {
    private static final Comparator<ChargedAddon> LATEST =
            Comparator.comparing(ChargedAddon::isOver).thenComparing(ChargedAddon::id, Comparator.reverseOrder());

    /**
     * Returns the observation of its enabled backups: those that are paid for, otherwise the last ones that were, otherwise without an add-on.
     */
    ObservedResource thing(Map<UUID, ChargedAddon> charged) {
        var option = charged.values().stream()
                .filter(one -> one.kind() == AddonType.BACKUP && one.serviceId().equals(serviceId))
                .min(LATEST)
                .map(ChargedAddon::id);
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
