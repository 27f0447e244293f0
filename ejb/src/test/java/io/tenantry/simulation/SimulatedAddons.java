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

    private final List<Disk> disks = new ArrayList<>();
    private final List<Copy> copies = new ArrayList<>();
    private final List<AdditionalAddress> addresses = new ArrayList<>();
    private final List<PutBack> putBack = new ArrayList<>();
    private final Keeping keeping;
    private int numbers;

    SimulatedAddons(Keeping keeping) {
        this.keeping = keeping;
    }

    /** A server was restored from a copy at that moment. */
    record PutBack(ResourceTag mark, Instant at) {}

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

        void goes(Instant at) {
            if (goneAt == null) {
                goneAt = at;
            }
        }

        boolean isThere(Instant now) {
            return !appearsAt.isAfter(now) && (goneAt == null || goneAt.isAfter(now));
        }

        boolean isListed(Instant now) {
            return isThere(now) && !listedAt.isAfter(now);
        }

        boolean isReady(Instant now) {
            return !readyAt.isAfter(now);
        }

        boolean isToCome(Instant now) {
            return appearsAt.isAfter(now);
        }
    }

    /** A volume. */
    static final class Disk extends Resource {
        final ResourceTag resourceTag;
        final String region;
        int sizeGib;

        @Nullable
        Machine machine;

        /** A paused worker sent an outdated request. */
        boolean isUnsure;

        private Instant busyUntil = Instant.MIN;

        Disk(
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

        void isBusy(Instant until) {
            busyUntil = until;
        }

        Volume told(Instant now) {
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
        boolean isThere(Instant now) {
            return super.isThere(now) && (!isWithServer || machine.isThere(now));
        }

        Snapshot told(Instant now) {
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

    Disk disk(
            String account,
            ResourceTag resourceTag,
            String region,
            int sizeGib,
            Instant appears,
            Instant listed,
            Instant ready) {
        var disk = new Disk(number(account, "disk"), resourceTag, region, sizeGib, appears, listed, ready);
        disks.add(disk);
        return disk;
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

    void wasPutBack(Machine machine, Instant at) {
        machine.mark.ifPresent(resourceTag -> putBack.add(new PutBack(resourceTag, at)));
    }

    /** Returns the servers restored, except for requests by workers that were paused in the meantime. */
    List<PutBack> putBack() {
        return List.copyOf(putBack);
    }

    List<Volume> listed(Instant now) {
        return disks.stream()
                .filter(disk -> disk.isListed(now))
                .map(disk -> disk.told(now))
                .toList();
    }

    /** Returns a volume without an operation in progress. */
    Disk atRest(String id, Instant now) {
        var disk = disks.stream()
                .filter(one -> one.id.equals(id) && one.isThere(now))
                .findFirst()
                .orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "there is no disk " + id));
        if (disk.busyUntil.isAfter(now) || !disk.isReady(now)) {
            throw new ProviderFailure(Reason.BUSY, "disk " + id + " is at something");
        }
        return disk;
    }

    void deleteDisk(String id, Instant now, Instant gone) {
        if (disks.stream().anyMatch(one -> one.id.equals(id) && one.isThere(now))) {
            var disk = atRest(id, now);
            if (disk.at(now).isPresent()) {
                throw new ProviderFailure(Reason.BUSY, "disk " + id + " is at a server");
            }
            disk.goes(gone);
        }
    }

    /** Some providers detach volumes from a server that is rebuilt. */
    void takeOff(Machine machine) {
        disks.stream().filter(disk -> disk.machine == machine).forEach(disk -> disk.machine = null);
    }

    /** Returns the copies of a server, including a deleted one. */
    List<Snapshot> copiesOf(String serverId, Instant now) {
        return copies.stream()
                .filter(copy -> copy.isListed(now) && copy.machine.id.equals(serverId))
                .map(copy -> copy.told(now))
                .toList();
    }

    /** Returns the copy, of any server. */
    Snapshot copy(String id, Instant now) {
        return copies.stream()
                .filter(copy -> copy.id.equals(id) && copy.isThere(now))
                .findFirst()
                .orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "there is no copy " + id))
                .told(now);
    }

    void deleteCopy(String id, Instant gone) {
        copies.stream().filter(copy -> copy.id.equals(id)).forEach(copy -> copy.goes(gone));
    }

    List<Address> addressesOf(Machine machine, Instant now) {
        return addresses.stream()
                .filter(one -> one.machine == machine && one.isThere(now))
                .map(one -> new Address(one.id, one.isReady(now)))
                .toList();
    }

    void release(Machine machine, String address, Instant now) {
        addresses.stream()
                .filter(one -> one.machine == machine && one.id.equals(address))
                .forEach(one -> one.goes(now));
    }

    /** Whether a resource requested long ago is still to appear. */
    boolean isAnyToCome(Instant now) {
        return disks.stream().anyMatch(one -> one.isToCome(now))
                || copies.stream().anyMatch(one -> one.isToCome(now))
                || addresses.stream().anyMatch(one -> one.isToCome(now));
    }

    List<Disk> disksThere(Instant now) {
        return disks.stream().filter(disk -> disk.isThere(now)).toList();
    }

    /** Returns all existing copies, with the marks in their names. */
    List<Seen> copiesThere(Instant now) {
        return copies.stream()
                .filter(copy -> copy.isThere(now))
                .map(copy -> new Seen(
                        copy.id,
                        copy.machine.id,
                        ResourceTag.read(copy.name).orElseThrow(),
                        Math.toIntExact((copy.sizeMib + MIB_OF_GIB - 1) / MIB_OF_GIB)))
                .toList();
    }
}
