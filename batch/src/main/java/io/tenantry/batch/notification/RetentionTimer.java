package io.tenantry.batch.notification;

import io.tenantry.health.Readiness;
import io.tenantry.people.notification.NotificationRetention;
import io.tenantry.tenancy.DatabaseUnavailable;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** A timer that removes old notifications, once a night, tenant by tenant. With several nodes the second one finds nothing. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class RetentionTimer {
    private static final System.Logger LOG = System.getLogger(RetentionTimer.class.getName());

    @Inject
    NotificationRetention notificationRetention;

    @Inject
    TenantDirectory tenants;

    @Inject
    Readiness readiness;

    @Schedule(hour = "4", minute = "23", persistent = false, info = "retention of notifications")
    void forget() {
        if (!readiness.isReady()) {
            return;
        }
        forget(Scope.PLATFORM);
        for (var tenant : tenants.all()) {
            if (tenant.isThere()) {
                forget(Scope.of(tenant.id()));
            }
        }
    }

    /** Removes the old notifications of a scope; a failure does not stop the others. */
    private void forget(Scope scope) {
        try {
            Tenancy.in(scope, notificationRetention::forget);
        } catch (RuntimeException failure) {
            DatabaseUnavailable.report(LOG, "old notices were not removed of " + scope.label(), failure);
        }
    }
}
