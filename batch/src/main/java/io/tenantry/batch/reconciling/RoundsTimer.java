package io.tenantry.batch.reconciling;

import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
import io.tenantry.reconciling.Rounds;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * Sees to it that each account with a vendor is looked at: one that is new gets its work item, which comes again by itself from then on. On
 * several nodes the second one finds nothing to write.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class RoundsTimer {
    private static final System.Logger LOG = System.getLogger(RoundsTimer.class.getName());

    @Inject
    Rounds rounds;

    @Inject
    TenantDirectory tenants;

    @Inject
    Settings settings;

    @Inject
    Readiness readiness;

    @Schedule(hour = "*", minute = "2/5", second = "20", persistent = false, info = "accounts to look at")
    void begin() {
        if (!settings.workTimer() || !readiness.isReady()) {
            return;
        }
        for (var tenant : tenants.chargeable()) {
            begin(tenant.id());
        }
    }

    /** One that fails stops nobody else. */
    private void begin(TenantId tenant) {
        try (var acting = Actors.enter(Actor.system("reconcile"))) {
            var unused = Tenancy.in(tenant, rounds::begin);
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "accounts were not looked for of " + tenant, failure);
        }
    }
}
