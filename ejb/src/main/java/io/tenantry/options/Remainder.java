package io.tenantry.options;

import io.tenantry.options.OptionMendSteps.Order;
import io.tenantry.provider.Addresses;
import io.tenantry.provider.Backups;
import io.tenantry.provider.Mark;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Snapshots;
import io.tenantry.provider.Volumes;
import io.tenantry.provisioning.Upstream.Home;
import java.util.Optional;

/**
 * What a vendor has of something that nobody pays for.
 *
 * @param deletion how it is taken away; only of what is ours
 */
record Remainder(Standing standing, Runnable deletion) {
    /** Whose it is. */
    enum Standing {
        /** There is nothing of that number. */
        GONE,
        /** It has not the mark that it was found with, or its server has not. */
        ANOTHERS,
        OURS
    }

    private static final Remainder NOTHING = new Remainder(Standing.GONE, () -> {});
    private static final Remainder STRANGE = new Remainder(Standing.ANOTHERS, () -> {});

    /** Asks the vendor. */
    static Remainder of(Order order, Home home) {
        return switch (order.of()) {
            case VOLUME -> volume(order, able(home, Volumes.class, "volumes"));
            case SNAPSHOT -> snapshot(order, able(home, Snapshots.class, "snapshots"));
            case ADDRESS -> address(order, home, able(home, Addresses.class, "further addresses"));
            case BACKUP -> backups(order, home, able(home, Backups.class, "backups"));
        };
    }

    /** What its vendor can do about these. */
    static <V> V able(Home home, Class<V> type, String words) {
        return Optional.of(home.provider())
                .filter(type::isInstance)
                .map(type::cast)
                .orElseThrow(() -> new ProviderFailure(Reason.INVALID, "there are no " + words + " in this account"));
    }

    private static Remainder volume(Order order, Volumes vendor) {
        return vendor.volumes().stream()
                .filter(one -> one.id().equals(order.upstreamId()))
                .findFirst()
                .map(one -> marked(order, one.mark().map(Mark::text).orElse(""), () -> VolumeWork.remove(vendor, one)))
                .orElse(NOTHING);
    }

    private static Remainder snapshot(Order order, Snapshots vendor) {
        return vendor.snapshotsOf(order.servers()).stream()
                .filter(one -> one.id().equals(order.upstreamId()))
                .findFirst()
                .map(one -> marked(order, one.name(), () -> SnapshotWork.delete(vendor, order.servers(), one)))
                .orElse(NOTHING);
    }

    /** An address has no mark, and is ours by its server. */
    private static Remainder address(Order order, Home home, Addresses vendor) {
        if (home.isAnothers(order.serverId(), order.serverMark())) {
            return STRANGE;
        }
        return vendor.isKept(order.serverId(), order.upstreamId())
                ? new Remainder(Standing.OURS, () -> vendor.releaseAddress(order.serverId(), order.upstreamId()))
                : NOTHING;
    }

    private static Remainder backups(Order order, Home home, Backups vendor) {
        if (home.isAnothers(order.upstreamId(), order.serverMark())) {
            return STRANGE;
        }
        try {
            return vendor.isBackedUp(order.upstreamId())
                    ? new Remainder(Standing.OURS, () -> vendor.backUp(order.upstreamId(), false))
                    : NOTHING;
        } catch (ProviderFailure failure) {
            if (failure.reason() != Reason.NOT_FOUND) {
                throw failure;
            }
            return NOTHING;
        }
    }

    private static Remainder marked(Order order, String mark, Runnable deletion) {
        return mark.equals(order.mark()) ? new Remainder(Standing.OURS, deletion) : STRANGE;
    }
}
