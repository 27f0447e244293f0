package io.tenantry.options;

import io.tenantry.options.VolumeSightings.Charged;
import io.tenantry.options.VolumeSightings.Thing;
import io.tenantry.provider.Mark;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A server of ours whose backups are on or off. */
public record BackedUp(UUID serviceId, String upstreamId, String name) {
    private static final Comparator<Charged> LATEST =
            Comparator.comparing(Charged::isOver).thenComparing(Charged::id, Comparator.reverseOrder());

    /** Its backups, which are on: those that are paid for, or else the last that were, or else nobody's. */
    Thing thing(Map<UUID, Charged> charged) {
        var option = charged.values().stream()
                .filter(one ->
                        one.kind() == OptionKind.BACKUP && one.serviceId().equals(serviceId))
                .min(LATEST)
                .map(Charged::id);
        return new Thing(
                OptionKind.BACKUP,
                upstreamId,
                Optional.of(new Mark(option.orElse(serviceId))),
                name,
                1,
                true,
                Optional.of(serviceId));
    }
}
