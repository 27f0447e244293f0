package io.tenantry.cloud.reconciliation;

import io.tenantry.billing.wallet.ItemCharges;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.cloud.provider.account.ProviderAccountFixture;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Boundary;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkItems;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Scans of accounts, and handling of discrepancies: the real beans, each step a transaction. */
public final class ReconciliationBeans {
    public final DiscrepancyActions actions;
    public final ReconciliationSchedule reconciliationSchedule;
    private final ReconciliationHandler reconciliationHandler;
    private final RepairHandler repairHandler;

    /** The parts it is assembled from. */
    public record Parts(
            Sql sql,
            Clock clock,
            Wallets wallets,
            TenantDirectory tenants,
            WorkItems items,
            ProvisioningTargets provisioningTargets,
            Boundary boundary) {}

    public ReconciliationBeans(Parts parts) {
        var sql = parts.sql();
        var access = new Access(sql);
        var audit = new AuditTrail();
        ProviderAccountFixture.inject(audit, "sql", sql);
        var discrepancyEffects = new DiscrepancyEffects(sql, parts.clock(), parts.items());
        var outageCredits = new OutageCredits(sql, new ItemCharges(parts.wallets()));
        var inventories = new Inventories(parts.provisioningTargets());
        reconciliationHandler = new ReconciliationHandler(
                new RequiresNewScans(
                        sql, parts.clock(), parts.items(), discrepancyEffects, outageCredits, parts.boundary()),
                inventories);
        repairHandler = new RepairHandler(new RequiresNewRepairs(parts), inventories);
        actions = new DiscrepancyActions(sql, access, audit, discrepancyEffects, outageCredits);
        reconciliationSchedule = new ReconciliationSchedule(sql, access, parts.items());
    }

    /** Returns the handlers of pending work. */
    public List<WorkHandler> workers() {
        return List.of(reconciliationHandler, repairHandler);
    }

    /** Starts transactions as the container does for {@code REQUIRES_NEW}. */
    private static final class RequiresNewRepairs extends RepairTransactions {
        private final Boundary boundary;

        RequiresNewRepairs(Parts parts) {
            super(parts.sql(), parts.items());
            boundary = parts.boundary();
        }

        @Override
        public Optional<RepairOrder> read(ClaimedWorkItem claimedWorkItem) {
            return boundary.in("mend read", () -> super.read(claimedWorkItem));
        }

        @Override
        public Optional<Duration> ask(ClaimedWorkItem claimedWorkItem) {
            return boundary.in("mend ask", () -> super.ask(claimedWorkItem));
        }

        @Override
        public void gone(ClaimedWorkItem claimedWorkItem) {
            boundary.run("mend gone", () -> super.gone(claimedWorkItem));
        }

        @Override
        public void callOff(ClaimedWorkItem claimedWorkItem) {
            boundary.run("mend call off", () -> super.callOff(claimedWorkItem));
        }
    }
}
