package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.AdditionalAddresses.Address;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.Snapshots.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server of the sandbox, as it is written down. What it is at some instant follows from its last job, so nothing has to happen for time
 * to pass.
 *
 * @param account whose it is
 * @param backedUp how it is copied by the clock, if it is
 * @param names of its addresses, by address
 * @param further addresses besides that of its door
 */
record SandboxServer(
        String id,
        String account,
        Instant createdAt,
        Make make,
        Door door,
        SandboxJob sandboxJob,
        Optional<BackedUp> backedUp,
        List<Copy> copies,
        Map<String, String> names,
        List<AdditionalAddress> further) {
    /**
     * What it is made as.
     *
     * @param mark as it came
     * @param sizeBefore what it has until its job is over, if that changes the size
     */
    record Make(
            String mark,
            String hostname,
            String region,
            String size,
            String sizeBefore,
            String image,
            List<String> keys) {
        Make {
            keys = List.copyOf(keys);
        }
    }

    /**
     * How one gets in.
     *
     * @param port of its SSH, 0 before it was ever opened
     * @param hostKey both halves of the key that it shows, see {@link HostKey}
     * @param password see {@link RootPassword}; empty for none
     * @param rescue how one gets into the rescue system, while that runs
     * @param isCutOff whether nobody does, whatever he knows
     */
    record Door(String address, int port, String hostKey, String password, Optional<Rescue> rescue, boolean isCutOff) {
        Door at(int another) {
            return new Door(address, another, hostKey, password, rescue, isCutOff);
        }

        Door with(Optional<Rescue> another) {
            return new Door(address, port, hostKey, password, another, isCutOff);
        }

        Door with(boolean cutOff) {
            return new Door(address, port, hostKey, password, rescue, cutOff);
        }

        /** What it shows now. */
        String shownKey() {
            return rescue.map(Rescue::hostKey).orElse(hostKey);
        }
    }

    /**
     * A rescue system.
     *
     * @param keys which may enter it
     */
    record Rescue(String hostKey, List<String> keys) {
        Rescue {
            keys = List.copyOf(keys);
        }
    }

    /** It is copied by the clock since then, so often. */
    record BackedUp(Instant since, Policy policy) {}

    /** A copy of its disk. */
    record Copy(String id, String name, long sizeMib, Instant at, Instant readyAt) {
        Snapshot shown(Instant now) {
            return new Snapshot(id, name, sizeMib, !now.isBefore(readyAt), at);
        }
    }

    /** An address besides that of its door. */
    record AdditionalAddress(String address, Instant readyAt) {
        Address shown(Instant now) {
            return new Address(address, !now.isBefore(readyAt));
        }
    }

    SandboxServer {
        copies = List.copyOf(copies);
        names = Map.copyOf(names);
        further = List.copyOf(further);
    }

    SandboxServer with(Make another) {
        return new SandboxServer(id, account, createdAt, another, door, sandboxJob, backedUp, copies, names, further);
    }

    SandboxServer with(Door another) {
        return new SandboxServer(id, account, createdAt, make, another, sandboxJob, backedUp, copies, names, further);
    }

    SandboxServer with(SandboxJob another) {
        return new SandboxServer(id, account, createdAt, make, door, another, backedUp, copies, names, further);
    }

    SandboxServer with(Optional<BackedUp> another) {
        return new SandboxServer(id, account, createdAt, make, door, sandboxJob, another, copies, names, further);
    }

    SandboxServer withCopies(List<Copy> others) {
        return new SandboxServer(id, account, createdAt, make, door, sandboxJob, backedUp, others, names, further);
    }

    SandboxServer withNames(Map<String, String> others) {
        return new SandboxServer(id, account, createdAt, make, door, sandboxJob, backedUp, copies, others, further);
    }

    SandboxServer withFurther(List<AdditionalAddress> others) {
        return new SandboxServer(id, account, createdAt, make, door, sandboxJob, backedUp, copies, names, others);
    }

    /** All that lead to it, that of its door first. */
    List<String> addresses(Instant now) {
        return Stream.concat(
                        Stream.of(door.address()),
                        further.stream().filter(one -> one.shown(now).ready()).map(AdditionalAddress::address))
                .toList();
    }

    String hostname() {
        return make.hostname();
    }

    boolean isLeaving() {
        return sandboxJob.kind() == SandboxJob.Kind.DELETE;
    }

    boolean isGone(Instant now) {
        return isLeaving() && sandboxJob.isOver(now);
    }

    boolean isUp(Instant now) {
        return sandboxJob.state(now) == ProviderServer.State.RUNNING;
    }

    String size(Instant now) {
        return sandboxJob.kind() == SandboxJob.Kind.RESIZE && !sandboxJob.isOver(now) ? make.sizeBefore() : make.size();
    }

    ProviderServer shown(Instant now) {
        return new ProviderServer(
                id,
                ResourceTag.read(make.mark()),
                make.hostname(),
                sandboxJob.state(now),
                addresses(now),
                size(now),
                make.region(),
                Optional.of(createdAt));
    }
}
