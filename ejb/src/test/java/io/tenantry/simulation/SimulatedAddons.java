package io.tenantry.simulation;

import io.tenantry.cloud.provider.AdditionalAddresses.Address;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.Snapshots.Keeping;
import io.tenantry.cloud.provider.Snapshots.Snapshot;
import io.tenantry.cloud.provider.Volumes.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The add-ons of an account: volumes, server copies, and further addresses, including deleted ones. */
final class SimulatedAddons {
    private static final long MIB_OF_GIB = 1_024;

    private final List<SimulatedVolume> disks = new ArrayList<>();
    private final List<Copy> copies = new ArrayList<>();
    private final List<AdditionalAddress> addresses = new ArrayList<>();
    private final List<RestoredServer> restores = new ArrayList<>();
    private final Keeping keeping;
    private int numbers;

    SimulatedAddons(Keeping keeping) {
        this.keeping = keeping;
    }

    /** A server was restored from a copy at that moment. */
    record RestoredServer(ResourceTag mark, Instant at) {}

    /** A resource with the period in which it exists. */
    abstract static class Resource {
        final String id;
        private final Instant appearsAt;
        private final Instant listedAt;
        private final Instant readyAt;
        private @Nullable Instant goneAt;

        Resource(String id, Instant appearsAt, Instant listedAt, Instant readyAt) {
            this.id = id;
            this.appearsAt = appearsAt;
            this.listedAt = listedAt;
            this.readyAt = readyAt;
        }

        void remove(Instant at) {
            if (goneAt == null) {
                goneAt = at;
            }
        }

        boolean exists(Instant now) {
            return !appearsAt.isAfter(now) && (goneAt == null || goneAt.isAfter(now));
        }

        boolean isListed(Instant now) {
            return exists(now) && !listedAt.isAfter(now);
        }

        boolean isReady(Instant now) {
            return !readyAt.isAfter(now);
        }

        boolean appearsLater(Instant now) {
            return appearsAt.isAfter(now);
        }
    }

    /** A volume. */
    static final class SimulatedVolume extends Resource {
        final ResourceTag resourceTag;
        final String region;
        int sizeGib;

        @Nullable
        Machine machine;

        /** A paused worker sent an outdated request. */
        boolean isUnsure;

        private Instant busyUntil = Instant.MIN;

        SimulatedVolume(
                String id,
                ResourceTag resourceTag,
                String region,
                int sizeGib,
                Instant appearsAt,
                Instant listedAt,
                Instant readyAt) {
            super(id, appearsAt, listedAt, readyAt);
            this.resourceTag = resourceTag;
            this.region = region;
            this.sizeGib = sizeGib;
        }

        /** Returns the server it is attached to; a deleted server has released it. */
        Optional<String> at(Instant now) {
            return Optional.ofNullable(machine).filter(one -> !one.isGone(now)).map(one -> one.id);
        }

        void setBusy(Instant until) {
            busyUntil = until;
        }

        Volume reported(Instant now) {
            return new Volume(id, Optional.of(resourceTag), resourceTag.text(), sizeGib, region, at(now), isReady(now));
        }
    }

    /** A copy of a server, which outlives it or not. */
    private static final class Copy extends Resource {
        private final boolean isWithServer;
        private final Machine machine;
        private final String name;
        private final long sizeMib;

        Copy(
                String id,
                boolean isWithServer,
                Machine machine,
                String name,
                long sizeMib,
                Instant appearsAt,
                Instant readyAt) {
            super(id, appearsAt, appearsAt, readyAt);
            this.isWithServer = isWithServer;
            this.machine = machine;
            this.name = name;
            this.sizeMib = sizeMib;
        }

        @Override
        boolean exists(Instant now) {
            return super.exists(now) && (!isWithServer || machine.exists(now));
        }

        Snapshot reported(Instant now) {
            return new Snapshot(id, name, sizeMib, isReady(now), SimulatedWorld.BEGIN);
        }
    }

    private static final class AdditionalAddress extends Resource {
        private final Machine machine;

        AdditionalAddress(String text, Machine machine, Instant appearsAt, Instant readyAt) {
            super(text, appearsAt, appearsAt, readyAt);
            this.machine = machine;
        }
    }

    /** A resource that currently exists at the provider, as the witness sees it. */
    record Seen(String id, String server, ResourceTag mark, int gib) {}

    SimulatedVolume volume(
            String account,
            ResourceTag resourceTag,
            String region,
            int sizeGib,
            Instant appears,
            Instant listed,
            Instant ready) {
        var volume = new SimulatedVolume(number(account, "disk"), resourceTag, region, sizeGib, appears, listed, ready);
        disks.add(volume);
        return volume;
    }

    void copy(String account, Machine machine, String name, long sizeMib, Instant appears, Instant ready) {
        copies.add(new Copy(
                number(account, "copy"), keeping == Keeping.WITH_SERVER, machine, name, sizeMib, appears, ready));
    }

    Address address(String account, Machine machine, Instant appears, Instant ready) {
        var text = number(account, "address");
        addresses.add(new AdditionalAddress(text, machine, appears, ready));
        return new Address(text, !ready.isAfter(appears));
    }

    private String number(String account, String what) {
        return account + "-" + what + "-" + ++numbers;
    }

    void recordRestore(Machine machine, Instant at) {
        machine.mark.ifPresent(resourceTag -> restores.add(new RestoredServer(resourceTag, at)));
    }

    /** Returns the servers restored, except for requests by workers that were paused in the meantime. */
    List<RestoredServer> restores() {
        return List.copyOf(restores);
    }

    List<Volume> listed(Instant now) {
        return disks.stream()
                .filter(volume -> volume.isListed(now))
                .map(volume -> volume.reported(now))
                .toList();
    }

    /** Returns a volume without an operation in progress. */
    SimulatedVolume atRest(String id, Instant now) {
        var volume = disks.stream()
                .filter(one -> one.id.equals(id) && one.exists(now))
                .findFirst()
                .orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "there is no disk " + id));
        if (volume.busyUntil.isAfter(now) || !volume.isReady(now)) {
            throw new ProviderFailure(Reason.BUSY, "disk " + id + " is at something");
        }
        return volume;
    }

    void removeVolume(String id, Instant now, Instant gone) {
        if (disks.stream().anyMatch(one -> one.id.equals(id) && one.exists(now))) {
            var volume = atRest(id, now);
            if (volume.at(now).isPresent()) {
                throw new ProviderFailure(Reason.BUSY, "disk " + id + " is at a server");
            }
            volume.remove(gone);
        }
    }

    /** Some providers detach volumes from a server that is rebuilt. */
    void detachAll(Machine machine) {
        disks.stream().filter(volume -> volume.machine == machine).forEach(volume -> volume.machine = null);
    }

    /** Returns the copies of a server, including a deleted one. */
    List<Snapshot> snapshotsOf(String serverId, Instant now) {
        return copies.stream()
                .filter(copy -> copy.isListed(now) && copy.machine.id.equals(serverId))
                .map(copy -> copy.reported(now))
                .toList();
    }

    /** Returns the copy, of any server. */
    Snapshot copy(String id, Instant now) {
        return copies.stream()
                .filter(copy -> copy.id.equals(id) && copy.exists(now))
                .findFirst()
                .orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "there is no copy " + id))
                .reported(now);
    }

    void removeSnapshot(String id, Instant gone) {
        copies.stream().filter(copy -> copy.id.equals(id)).forEach(copy -> copy.remove(gone));
    }

    List<Address> addressesOf(Machine machine, Instant now) {
        return addresses.stream()
                .filter(one -> one.machine == machine && one.exists(now))
                .map(one -> new Address(one.id, one.isReady(now)))
                .toList();
    }

    void release(Machine machine, String address, Instant now) {
        addresses.stream()
                .filter(one -> one.machine == machine && one.id.equals(address))
                .forEach(one -> one.remove(now));
    }

    /** Whether a resource requested long ago is still to appear. */
    boolean isAnyPending(Instant now) {
        return disks.stream().anyMatch(one -> one.appearsLater(now))
                || copies.stream().anyMatch(one -> one.appearsLater(now))
                || addresses.stream().anyMatch(one -> one.appearsLater(now));
    }

    List<SimulatedVolume> existingVolumes(Instant now) {
        return disks.stream().filter(volume -> volume.exists(now)).toList();
    }

    /** Returns all existing copies, with the marks in their names. */
    List<Seen> existingSnapshots(Instant now) {
        return copies.stream()
                .filter(copy -> copy.exists(now))
                .map(copy -> new Seen(
                        copy.id,
                        copy.machine.id,
                        ResourceTag.read(copy.name).orElseThrow(),
                        Math.toIntExact((copy.sizeMib + MIB_OF_GIB - 1) / MIB_OF_GIB)))
                .toList();
    }
}
