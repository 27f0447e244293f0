package io.tenantry.cloud.provisioning;

import io.tenantry.billing.wallet.Reservations;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.testing.Boundary;
import io.tenantry.workqueue.ClaimedWorkItem;

/** Starts transactions for {@code REQUIRES_NEW} as the container does, for resizes and rebuilds. */
final class RequiresNewOperations extends OperationTransactions {
    private final Boundary boundary;

    RequiresNewOperations(
            ProvisioningBeans.Parts parts,
            ServiceLifecycle serviceLifecycle,
            PendingOperations pendingOperations,
            ProviderCalls providerCalls,
            Reservations reservations,
            AuditTrail audit) {
        super(
                parts.sql(),
                parts.clock(),
                serviceLifecycle,
                pendingOperations,
                providerCalls,
                parts.items(),
                reservations,
                parts.charging(),
                audit);
        boundary = parts.boundary();
    }

    @Override
    public OperationStatus read(ClaimedWorkItem claimedWorkItem) {
        return boundary.in("change read", () -> super.read(claimedWorkItem));
    }

    @Override
    public boolean announce(ClaimedWorkItem claimedWorkItem) {
        return boundary.in("change announce", () -> super.announce(claimedWorkItem));
    }

    @Override
    public void taken(ClaimedWorkItem claimedWorkItem, ProviderTask providerTask) {
        boundary.run("change taken", () -> super.taken(claimedWorkItem, providerTask));
    }

    @Override
    public void refused(ClaimedWorkItem claimedWorkItem, String words) {
        boundary.run("change refused", () -> super.refused(claimedWorkItem, words));
    }

    @Override
    public boolean isLost(ClaimedWorkItem claimedWorkItem) {
        return boundary.in("change lost", () -> super.isLost(claimedWorkItem));
    }

    @Override
    public void unsure(ClaimedWorkItem claimedWorkItem, String words) {
        boundary.run("change unsure", () -> super.unsure(claimedWorkItem, words));
    }

    @Override
    public void resized(ClaimedWorkItem claimedWorkItem, ProviderServer.State state) {
        boundary.run("change resized", () -> super.resized(claimedWorkItem, state));
    }

    @Override
    public void rebuilt(ClaimedWorkItem claimedWorkItem) {
        boundary.run("change rebuilt", () -> super.rebuilt(claimedWorkItem));
    }

    @Override
    public void turnedOver(ClaimedWorkItem claimedWorkItem) {
        boundary.run("change turned over", () -> super.turnedOver(claimedWorkItem));
    }

    @Override
    public void fail(ClaimedWorkItem claimedWorkItem, Reason reason, String words) {
        boundary.run("change fail", () -> super.fail(claimedWorkItem, reason, words));
    }

    @Override
    public void drop(ClaimedWorkItem claimedWorkItem) {
        boundary.run("change drop", () -> super.drop(claimedWorkItem));
    }
}
