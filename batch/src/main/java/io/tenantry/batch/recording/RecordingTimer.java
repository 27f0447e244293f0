package io.tenantry.batch.recording;

import io.tenantry.cloud.recording.Recordings;
import io.tenantry.health.Readiness;
import io.tenantry.tenancy.DatabaseUnavailable;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** A timer that removes old recordings of consoles, once a night, tenant by tenant. With several nodes the second one finds nothing. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class RecordingTimer {
    private static final System.Logger LOG = System.getLogger(RecordingTimer.class.getName());

    @Inject
    Recordings recordings;

    @Inject
    TenantDirectory tenants;

    @Inject
    Readiness readiness;

    @Schedule(hour = "4", minute = "29", persistent = false, info = "retention of recordings")
    void forget() {
        if (!readiness.isReady()) {
            return;
        }
        for (var tenant : tenants.all()) {
            if (tenant.isThere()) {
                forget(Scope.of(tenant.id()));
            }
        }
    }

    /** Removes the old recordings of a scope; a failure does not stop the others. */
    private void forget(Scope scope) {
        try {
            Tenancy.in(scope, recordings::forget);
        } catch (RuntimeException failure) {
            DatabaseUnavailable.report(LOG, "old recordings were not removed of " + scope.label(), failure);
        }
    }
}
