package io.tenantry.batch.secret;

import io.tenantry.health.Readiness;
import io.tenantry.secret.KeyChange;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * Seals secrets anew that an older key sealed, once a night, tenant by tenant. A night after a new key was put before the others on all
 * nodes, the older ones are needed no more; the log says so. On several nodes the second one finds nothing.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class KeyChangeTimer {
    private static final System.Logger LOG = System.getLogger(KeyChangeTimer.class.getName());

    @Inject
    KeyChange change;

    @Inject
    TenantDirectory tenants;

    @Inject
    Readiness readiness;

    @Schedule(hour = "4", minute = "37", persistent = false, info = "secrets of older keys")
    void sealAnew() {
        if (!readiness.isReady()) {
            return;
        }
        for (var tenant : tenants.all()) {
            if (tenant.state() != Tenant.State.CREATING && tenant.state() != Tenant.State.MOVING) {
                sealAnew(tenant);
            }
        }
    }

    /** One that fails stops nobody else. */
    private void sealAnew(Tenant tenant) {
        try {
            var count = Tenancy.in(tenant.id(), change::sealAnew);
            if (count.anew() > 0) {
                LOG.log(System.Logger.Level.INFO, "sealed anew tenant={0} count={1}", tenant.id(), count.anew());
            }
            if (count.shut() > 0) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "secrets do not open, their key is missing: tenant={0} count={1}",
                        tenant.id(),
                        count.shut());
            }
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "secrets were not sealed anew of " + tenant.id(), failure);
        }
    }
}
