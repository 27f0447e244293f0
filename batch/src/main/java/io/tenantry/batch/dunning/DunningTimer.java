package io.tenantry.batch.dunning;

import io.tenantry.config.Settings;
import io.tenantry.dunning.DunningRounds;
import io.tenantry.health.Readiness;
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
 * Sees to it that somebody goes through each tenant's debts: a tenant that is new gets its work item, which comes again by itself from then on.
 * On several nodes the second one finds nothing to write.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class DunningTimer {
    private static final System.Logger LOG = System.getLogger(DunningTimer.class.getName());

    @Inject
    DunningRounds rounds;

    @Inject
    TenantDirectory tenants;

    @Inject
    Settings settings;

    @Inject
    Readiness readiness;

    @Schedule(hour = "*", minute = "*", second = "50", persistent = false, info = "debts to look after")
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
        try (var acting = Actors.enter(Actor.system("dunning"))) {
            var unused = Tenancy.in(tenant, rounds::begin);
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "dunning was not begun for " + tenant, failure);
        }
    }
}
