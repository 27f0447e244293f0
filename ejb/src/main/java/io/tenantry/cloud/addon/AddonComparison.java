package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.AddonDiscrepancyRepository.ObservedDiscrepancy;
import io.tenantry.cloud.addon.AddonObservations.ChargedAddon;
import io.tenantry.cloud.addon.AddonObservations.ObservedResource;
import io.tenantry.cloud.addon.AddonReconciliationSchedule.Kind;
import io.tenantry.cloud.provider.ResourceTag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a provider lists, compared with what is charged.
 *
 * @param same the add-ons that did not change while the list was read
 * @param after all add-ons, as they are now
 * @param things what the provider lists
 * @param listed the same by kind and the provider's ID
 */
record AddonComparison(
        Map<UUID, ChargedAddon> same, Map<UUID, ChargedAddon> after, List<ObservedResource> things, Set<Key> listed) {
    /** A kind of add-on, and the provider's ID of one. */
    record Key(AddonType kind, String id) {}

    static AddonComparison of(
            Map<UUID, ChargedAddon> before, Map<UUID, ChargedAddon> after, List<ObservedResource> things) {
        var same = new HashMap<UUID, ChargedAddon>();
        after.forEach((id, one) -> {
            if (one.equals(before.get(id))) {
                same.put(id, one);
            }
        });
        return new AddonComparison(same, after, things, keys(things));
    }

    /** Returns the unchanged add-ons that the provider lists. */
    List<UUID> there() {
        return same.values().stream()
                .filter(one -> one.isStill() && isListed(one))
                .map(ChargedAddon::id)
                .toList();
    }

    private boolean isListed(ChargedAddon one) {
        return one.upstreamId()
                .filter(number -> listed.contains(new Key(one.kind(), number)))
                .isPresent();
    }

    /** Earlier discrepancies of these stay unchanged. */
    List<String> unlisted(Set<UUID> unsure) {
        var moving = after.values().stream()
                .filter(one -> !same.containsKey(one.id()) || one.isMoving())
                .map(ChargedAddon::id);
        return Stream.concat(moving, unsure.stream())
                .map(id -> new ResourceTag(id).text())
                .toList();
    }

    private static Set<Key> keys(List<ObservedResource> things) {
        return things.stream()
                .map(observedResource -> new Key(observedResource.kind(), observedResource.id()))
                .collect(Collectors.toSet());
    }

    /** Returns what differs, once for each time it was listed. */
    List<ObservedDiscrepancy> differences() {
        var all = things.stream()
                .flatMap(observedResource -> observedResource.mark().stream()
                        .flatMap(resourceTag -> at(observedResource, resourceTag).stream()))
                .collect(Collectors.toCollection(ArrayList::new));
        same.values().stream()
                .filter(one -> one.isStill() && one.upstreamId().isPresent() && !isListed(one))
                .map(one -> new ObservedDiscrepancy(
                        one.kind(),
                        Kind.MISSING,
                        one.upstreamId().orElse(""),
                        new ResourceTag(one.id()).text(),
                        Optional.of(one.id()),
                        Optional.of(one.serviceId()),
                        one.name(),
                        one.sizeGib(),
                        0))
                .forEach(all::add);
        return all;
    }

    private Optional<ObservedDiscrepancy> at(ObservedResource observedResource, ResourceTag resourceTag) {
        var id = resourceTag.serviceId();
        var known = Optional.ofNullable(after.get(id));
        if (known.isPresent() && !same.containsKey(id)) {
            return Optional.empty();
        }
        var isOurs = known.filter(one -> !one.isOver()
                        && one.kind() == observedResource.kind()
                        && one.upstreamId().map(observedResource.id()::equals).orElse(true))
                .isPresent();
        if (!isOurs && !observedResource.isBilled()) {
            return Optional.empty();
        }
        if (!isOurs) {
            return Optional.of(new ObservedDiscrepancy(
                    observedResource.kind(),
                    Kind.UNKNOWN_ADDON,
                    observedResource.id(),
                    resourceTag.text(),
                    known.map(ChargedAddon::id),
                    known.map(ChargedAddon::serviceId).or(observedResource::server),
                    known.map(ChargedAddon::name).orElse(observedResource.name()),
                    0,
                    observedResource.sizeGib()));
        }
        return known.filter(one -> one.isStill() && one.sizeGib() != observedResource.sizeGib())
                .map(one -> new ObservedDiscrepancy(
                        observedResource.kind(),
                        Kind.SIZE,
                        observedResource.id(),
                        resourceTag.text(),
                        Optional.of(id),
                        Optional.of(one.serviceId()),
                        one.name(),
                        one.sizeGib(),
                        observedResource.sizeGib()));
    }
}
