package io.tenantry.provider.sandbox;

import io.tenantry.provider.Addresses.Address;
import io.tenantry.provider.Backups.Policy;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Server;
import io.tenantry.provider.Snapshots.Snapshot;
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
record Machine(
        String id,
        String account,
        Instant createdAt,
        Make make,
        Door door,
        Job job,
        Optional<BackedUp> backedUp,
        List<Copy> copies,
        Map<String, String> names,
        List<Further> further) {
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
     * @param password see {@link Secret}; empty for none
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
    record Further(String address, Instant readyAt) {
        Address shown(Instant now) {
            return new Address(address, !now.isBefore(readyAt));
        }
    }

    Machine {
        copies = List.copyOf(copies);
        names = Map.copyOf(names);
        further = List.copyOf(further);
    }

    Machine with(Make another) {
        return new Machine(id, account, createdAt, another, door, job, backedUp, copies, names, further);
    }

    Machine with(Door another) {
        return new Machine(id, account, createdAt, make, another, job, backedUp, copies, names, further);
    }

    Machine with(Job another) {
        return new Machine(id, account, createdAt, make, door, another, backedUp, copies, names, further);
    }

    Machine with(Optional<BackedUp> another) {
        return new Machine(id, account, createdAt, make, door, job, another, copies, names, further);
    }

    Machine withCopies(List<Copy> others) {
        return new Machine(id, account, createdAt, make, door, job, backedUp, others, names, further);
    }

    Machine withNames(Map<String, String> others) {
        return new Machine(id, account, createdAt, make, door, job, backedUp, copies, others, further);
    }

    Machine withFurther(List<Further> others) {
        return new Machine(id, account, createdAt, make, door, job, backedUp, copies, names, others);
    }

    /** All that lead to it, that of its door first. */
    List<String> addresses(Instant now) {
        return Stream.concat(
                        Stream.of(door.address()),
                        further.stream().filter(one -> one.shown(now).ready()).map(Further::address))
                .toList();
    }

    String hostname() {
        return make.hostname();
    }

    boolean isLeaving() {
        return job.kind() == Job.Kind.DELETE;
    }

    boolean isGone(Instant now) {
        return isLeaving() && job.isOver(now);
    }

    boolean isUp(Instant now) {
        return job.state(now) == Server.State.RUNNING;
    }

    String size(Instant now) {
        return job.kind() == Job.Kind.RESIZE && !job.isOver(now) ? make.sizeBefore() : make.size();
    }

    Server shown(Instant now) {
        return new Server(
                id,
                Mark.read(make.mark()),
                make.hostname(),
                job.state(now),
                addresses(now),
                size(now),
                make.region(),
                Optional.of(createdAt));
    }
}
