package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.AddonRepairTransactions.Order;
import io.tenantry.cloud.provider.AdditionalAddresses;
import io.tenantry.cloud.provider.Backups;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.Snapshots;
import io.tenantry.cloud.provider.Volumes;
import io.tenantry.cloud.provisioning.ProvisioningTarget.TargetAccount;
import java.util.Optional;

/**
 * A resource at a provider that is not paid for.
 *
 * @param deletion deletes it; only for resources of ours
 */
record OrphanedResource(OrphanStatus standing, Runnable deletion) {
    /** Ownership of the resource. */
    enum OrphanStatus {
        /** No resource has that ID. */
        GONE,
        /** The resource, or its server, does not have the mark that it was found with. */
        NOT_OURS,
        OURS
    }

    private static final OrphanedResource NOTHING = new OrphanedResource(OrphanStatus.GONE, () -> {});
    private static final OrphanedResource STRANGE = new OrphanedResource(OrphanStatus.NOT_OURS, () -> {});

    /** Looks up the resource at the provider. */
    static OrphanedResource of(Order order, TargetAccount targetAccount) {
        return switch (order.of()) {
            case VOLUME -> volume(order, able(targetAccount, Volumes.class, "volumes"));
            case SNAPSHOT -> snapshot(order, able(targetAccount, Snapshots.class, "snapshots"));
            case ADDRESS ->
                address(order, targetAccount, able(targetAccount, AdditionalAddresses.class, "further addresses"));
            case BACKUP -> backups(order, targetAccount, able(targetAccount, Backups.class, "backups"));
        };
    }

    /** Returns the provider's capability for resources of this kind. */
    static <V> V able(TargetAccount targetAccount, Class<V> type, String words) {
        return Optional.of(targetAccount.provider())
                .filter(type::isInstance)
                .map(type::cast)
                .orElseThrow(() -> new ProviderFailure(Reason.INVALID, "there are no " + words + " in this account"));
    }

    private static OrphanedResource volume(Order order, Volumes vendor) {
        return vendor.volumes().stream()
                .filter(one -> one.id().equals(order.upstreamId()))
                .findFirst()
                .map(one -> marked(
                        order, one.mark().map(ResourceTag::text).orElse(""), () -> VolumeHandler.remove(vendor, one)))
                .orElse(NOTHING);
    }

    private static OrphanedResource snapshot(Order order, Snapshots vendor) {
        return vendor.snapshotsOf(order.servers()).stream()
                .filter(one -> one.id().equals(order.upstreamId()))
                .findFirst()
                .map(one -> marked(order, one.name(), () -> SnapshotHandler.delete(vendor, order.servers(), one)))
                .orElse(NOTHING);
    }

    /** An address has no mark; it is ours if its server is. */
    private static OrphanedResource address(Order order, TargetAccount targetAccount, AdditionalAddresses vendor) {
        if (targetAccount.isAnothers(order.serverId(), order.serverMark())) {
            return STRANGE;
        }
        return vendor.isKept(order.serverId(), order.upstreamId())
                ? new OrphanedResource(
                        OrphanStatus.OURS, () -> vendor.releaseAddress(order.serverId(), order.upstreamId()))
                : NOTHING;
    }

    private static OrphanedResource backups(Order order, TargetAccount targetAccount, Backups vendor) {
        if (targetAccount.isAnothers(order.upstreamId(), order.serverMark())) {
            return STRANGE;
        }
        try {
            return vendor.isBackedUp(order.upstreamId())
                    ? new OrphanedResource(OrphanStatus.OURS, () -> vendor.backUp(order.upstreamId(), false))
                    : NOTHING;
        } catch (ProviderFailure failure) {
            if (failure.reason() != Reason.NOT_FOUND) {
                throw failure;
            }
            return NOTHING;
        }
    }

    private static OrphanedResource marked(Order order, String mark, Runnable deletion) {
        return mark.equals(order.mark()) ? new OrphanedResource(OrphanStatus.OURS, deletion) : STRANGE;
    }
}
