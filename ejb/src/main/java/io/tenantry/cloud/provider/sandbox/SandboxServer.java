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
 * The stored state of a sandbox server. Its state at an instant follows from its last job, so that nothing has to happen for time to pass.
 *
 * @param account the account that it belongs to
 * @param backedUp the backup frequency, if backups are on
 * @param names names of its addresses, by address
 * @param additionalAddresses additional addresses, apart from that of its listener
 */
record SandboxServer(
        String id,
        String account,
        Instant createdAt,
        Specification make,
        AccessData accessData,
        SandboxJob sandboxJob,
        Optional<BackedUp> backedUp,
        List<Copy> copies,
        Map<String, String> names,
        List<AdditionalAddress> additionalAddresses) {
    /**
     * The server's specification.
     *
     * @param mark as received
     * @param sizeBefore the size until the job is over, if the job changes it
     */
    record Specification(
            String mark,
            String hostname,
            String region,
            String size,
            String sizeBefore,
            String image,
            List<String> keys) {
        Specification {
            keys = List.copyOf(keys);
        }
    }

    /**
     * The server's access data.
     *
     * @param port its SSH port, 0 before it was first opened
     * @param hostKey the host key pair, see {@link HostKey}
     * @param password see {@link RootPassword}; empty for none
     * @param rescue access to the rescue system while it runs
     * @param isCutOff whether network access is cut off, regardless of credentials
     */
    record AccessData(
            String address, int port, String hostKey, String password, Optional<Rescue> rescue, boolean isCutOff) {
        AccessData at(int another) {
            return new AccessData(address, another, hostKey, password, rescue, isCutOff);
        }

        AccessData with(Optional<Rescue> another) {
            return new AccessData(address, port, hostKey, password, another, isCutOff);
        }

        AccessData with(boolean cutOff) {
            return new AccessData(address, port, hostKey, password, rescue, cutOff);
        }

        /** Returns the host key that is presented now. */
        String shownKey() {
            return rescue.map(Rescue::hostKey).orElse(hostKey);
        }
    }

    /**
     * A rescue system.
     *
     * @param keys the keys that may log in
     */
    record Rescue(String hostKey, List<String> keys) {
        Rescue {
            keys = List.copyOf(keys);
        }
    }

    /** Backups that are on since then, at that frequency. */
    record BackedUp(Instant since, Policy policy) {}

    /** A copy of its disk. */
    record Copy(String id, String name, long sizeMib, Instant at, Instant readyAt) {
        Snapshot shown(Instant now) {
            return new Snapshot(id, name, sizeMib, !now.isBefore(readyAt), at);
        }
    }

    /** An address in addition to that of its listener. */
    record AdditionalAddress(String address, Instant readyAt) {
        Address shown(Instant now) {
            return new Address(address, !now.isBefore(readyAt));
        }
    }

    SandboxServer {
        copies = List.copyOf(copies);
        names = Map.copyOf(names);
        additionalAddresses = List.copyOf(additionalAddresses);
    }

    SandboxServer with(Specification another) {
        return new SandboxServer(
                id, account, createdAt, another, accessData, sandboxJob, backedUp, copies, names, additionalAddresses);
    }

    SandboxServer with(AccessData another) {
        return new SandboxServer(
                id, account, createdAt, make, another, sandboxJob, backedUp, copies, names, additionalAddresses);
    }

    SandboxServer with(SandboxJob another) {
        return new SandboxServer(
                id, account, createdAt, make, accessData, another, backedUp, copies, names, additionalAddresses);
    }

    SandboxServer with(Optional<BackedUp> another) {
        return new SandboxServer(
                id, account, createdAt, make, accessData, sandboxJob, another, copies, names, additionalAddresses);
    }

    SandboxServer withCopies(List<Copy> others) {
        return new SandboxServer(
                id, account, createdAt, make, accessData, sandboxJob, backedUp, others, names, additionalAddresses);
    }

    SandboxServer withNames(Map<String, String> others) {
        return new SandboxServer(
                id, account, createdAt, make, accessData, sandboxJob, backedUp, copies, others, additionalAddresses);
    }

    SandboxServer withAdditionalAddresses(List<AdditionalAddress> others) {
        return new SandboxServer(id, account, createdAt, make, accessData, sandboxJob, backedUp, copies, names, others);
    }

    /** Returns all addresses, that of its listener first. */
    List<String> addresses(Instant now) {
        return Stream.concat(
                        Stream.of(accessData.address()),
                        additionalAddresses.stream()
                                .filter(one -> one.shown(now).ready())
                                .map(AdditionalAddress::address))
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
