package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.AddonRepairTransactions.AddonRepairOrder;
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
record OrphanedResource(OrphanStatus status, Runnable deletion) {
    /** Ownership of the resource. */
    enum OrphanStatus {
        /** No resource has that ID. */
        GONE,
        /** The resource, or its server, does not have the resource tag that it was found with. */
        NOT_OURS,
        OURS
    }

    private static final OrphanedResource NOTHING = new OrphanedResource(OrphanStatus.GONE, () -> {});
    private static final OrphanedResource STRANGE = new OrphanedResource(OrphanStatus.NOT_OURS, () -> {});

    /** Looks up the resource at the provider. */
    static OrphanedResource of(AddonRepairOrder addonRepairOrder, TargetAccount targetAccount) {
        return switch (addonRepairOrder.of()) {
            case VOLUME -> volume(addonRepairOrder, able(targetAccount, Volumes.class, "volumes"));
            case SNAPSHOT -> snapshot(addonRepairOrder, able(targetAccount, Snapshots.class, "snapshots"));
            case ADDRESS ->
                address(
                        addonRepairOrder,
                        targetAccount,
                        able(targetAccount, AdditionalAddresses.class, "further addresses"));
            case BACKUP -> backups(addonRepairOrder, targetAccount, able(targetAccount, Backups.class, "backups"));
        };
    }

    /** Returns the provider's capability for resources of this kind. */
    static <V> V able(TargetAccount targetAccount, Class<V> type, String words) {
        return Optional.of(targetAccount.provider())
                .filter(type::isInstance)
                .map(type::cast)
                .orElseThrow(() -> new ProviderFailure(Reason.INVALID, "there are no " + words + " in this account"));
    }

    private static OrphanedResource volume(AddonRepairOrder addonRepairOrder, Volumes provider) {
        return provider.volumes().stream()
                .filter(one -> one.id().equals(addonRepairOrder.upstreamId()))
                .findFirst()
                .map(one -> marked(
                        addonRepairOrder,
                        one.mark().map(ResourceTag::text).orElse(""),
                        () -> VolumeHandler.remove(provider, one)))
                .orElse(NOTHING);
    }

    private static OrphanedResource snapshot(AddonRepairOrder addonRepairOrder, Snapshots provider) {
        return provider.snapshotsOf(addonRepairOrder.servers()).stream()
                .filter(one -> one.id().equals(addonRepairOrder.upstreamId()))
                .findFirst()
                .map(one -> marked(
                        addonRepairOrder,
                        one.name(),
                        () -> SnapshotHandler.delete(provider, addonRepairOrder.servers(), one)))
                .orElse(NOTHING);
    }

    /** An address has no resource tag; it is ours if its server is. */
    private static OrphanedResource address(
            AddonRepairOrder addonRepairOrder, TargetAccount targetAccount, AdditionalAddresses provider) {
        if (targetAccount.isAnothers(addonRepairOrder.serverId(), addonRepairOrder.serverMark())) {
            return STRANGE;
        }
        return provider.isKept(addonRepairOrder.serverId(), addonRepairOrder.upstreamId())
                ? new OrphanedResource(
                        OrphanStatus.OURS,
                        () -> provider.releaseAddress(addonRepairOrder.serverId(), addonRepairOrder.upstreamId()))
                : NOTHING;
    }

    private static OrphanedResource backups(
            AddonRepairOrder addonRepairOrder, TargetAccount targetAccount, Backups provider) {
        if (targetAccount.isAnothers(addonRepairOrder.upstreamId(), addonRepairOrder.serverMark())) {
            return STRANGE;
        }
        try {
            return provider.isBackedUp(addonRepairOrder.upstreamId())
                    ? new OrphanedResource(
                            OrphanStatus.OURS, () -> provider.backUp(addonRepairOrder.upstreamId(), false))
                    : NOTHING;
        } catch (ProviderFailure failure) {
            if (failure.reason() != Reason.NOT_FOUND) {
                throw failure;
            }
            return NOTHING;
        }
    }

    private static OrphanedResource marked(AddonRepairOrder addonRepairOrder, String mark, Runnable deletion) {
        return mark.equals(addonRepairOrder.mark()) ? new OrphanedResource(OrphanStatus.OURS, deletion) : STRANGE;
    }
}
