package io.tenantry.options;

import io.tenantry.options.VolumeSightings.Addressed;
import io.tenantry.options.VolumeSightings.Charged;
import io.tenantry.options.VolumeSightings.Thing;
import io.tenantry.provider.Addresses;
import io.tenantry.provider.Addresses.Address;
import io.tenantry.provider.Backups;
import io.tenantry.provider.Provider;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Snapshots;
import io.tenantry.provider.Volumes;
import io.tenantry.provisioning.Upstream;
import io.tenantry.provisioning.Upstreams;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Compares every hour the volumes, snapshots, further addresses and backups of an account with those that are charged for, so that none with our
 * mark, or at a server of ours, is paid by the reseller unseen, and none by a customer that is not there. What it finds is told, and nothing is done
 * about it by itself: staff decide, by {@link OptionFindingActions}.
 */
@ApplicationScoped
public class VolumeLook implements Worker {
    /** Its kind of work; the key is the account. */
    public static final String KIND = "volume-look";

    static final Duration EVERY = Duration.ofHours(1);

    @Inject
    VolumeSightings sightings;

    @Inject
    Upstreams upstreams;

    /** For the container. */
    public VolumeLook() {}

    /** For use outside a container. */
    VolumeLook(VolumeSightings sightings, Upstreams upstreams) {
        this.sightings = sightings;
        this.upstreams = upstreams;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        var account = work.key().substring(WorkItems.ROUND.length());
        try {
            Optional<Provider> provider = upstreams.open(account).map(Upstream.Home::provider);
            if (provider.isPresent()) {
                var before = sightings.charged(account);
                var things = new ArrayList<>(there(provider.get(), sightings.copied(account)));
                var unsure = new HashSet<UUID>();
                if (provider.get() instanceof Addresses addresses) {
                    var servers = sightings.addressed(account);
                    things.addAll(addressesThere(addresses, servers, before));
                    sightings.lost(account).stream()
                            .filter(one -> addresses.isKept(one.serverId(), one.text()))
                            .map(LostAddress::thing)
                            .forEach(things::add);
                    servers.stream()
                            .filter(Addressed::isMoving)
                            .map(Addressed::serviceId)
                            .forEach(unsure::add);
                }
                if (provider.get() instanceof Backups backups) {
                    sightings.backedUp(account, backups.backedUp()).forEach(one -> things.add(one.thing(before)));
                }
                sightings.compare(work, account, before, things, unsure);
            }
        } catch (ProviderFailure silent) {
            return Outcome.later(silent.comeAgainIn()
                    .filter(pause -> pause.compareTo(EVERY) > 0)
                    .orElse(EVERY));
        }
        return Outcome.later(EVERY);
    }

    private static List<Thing> there(Provider provider, List<String> copied) {
        var things = new ArrayList<Thing>();
        if (provider instanceof Volumes volumes) {
            volumes.volumes().forEach(volume -> things.add(Thing.of(volume)));
        }
        if (provider instanceof Snapshots snapshots && !copied.isEmpty()) {
            var isBilled = snapshots.keeping() != Snapshots.Keeping.WITH_BACKUPS;
            snapshots.snapshotsOf(copied).forEach(snapshot -> things.add(Thing.of(snapshot, isBilled)));
        }
        return things;
    }

    private static List<Thing> addressesThere(
            Addresses addresses, List<Addressed> servers, Map<UUID, Charged> charged) {
        return servers.stream()
                .flatMap(server -> server.things(addressesIfThere(addresses, server.upstreamId()), charged).stream())
                .toList();
    }

    /** A server that is gone with its addresses has none. */
    private static List<Address> addressesIfThere(Addresses addresses, String serverId) {
        try {
            return addresses.addresses(serverId);
        } catch (ProviderFailure failure) {
            if (failure.reason() != Reason.NOT_FOUND) {
                throw failure;
            }
            return List.of();
        }
    }
}
