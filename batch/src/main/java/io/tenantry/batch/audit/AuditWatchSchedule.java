package io.tenantry.batch.audit;

import io.tenantry.admin.platform.AuditWatch;
import io.tenantry.health.Readiness;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** A timer that verifies all audit trails once a night and stores their ends. With several nodes the first one does it. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class AuditWatchSchedule {
    @Inject
    AuditWatch watch;

    @Inject
    Readiness readiness;

    @Schedule(hour = "4", minute = "7", persistent = false, info = "audit trails")
    void verify() {
        if (!readiness.isReady()) {
            return;
        }
        try (var actorScope = Actors.enter(Actor.system("audit"))) {
            watch.nightly();
        }
    }
}
