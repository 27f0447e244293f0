package io.tenantry.batch.usage;

import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.usage.Transfers;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * Sees to it that each account's vendor is asked what services transfer: one that is new gets its work item, which comes again by itself
 * from then on. On several nodes the second one finds nothing to write.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class MeterTimer {
    private static final System.Logger LOG = System.getLogger(MeterTimer.class.getName());

    @Inject
    Transfers transfers;

    @Inject
    TenantDirectory tenants;

    @Inject
    Settings settings;

    @Inject
    Readiness readiness;

    @Schedule(hour = "*", minute = "3/10", second = "40", persistent = false, info = "transfer to be read")
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
        try (var acting = Actors.enter(Actor.system("meter"))) {
            var unused = Tenancy.in(tenant, transfers::begin);
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "transfer is not read of " + tenant, failure);
        }
    }
}
